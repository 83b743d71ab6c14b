import { useSignal } from '@preact/signals'
import { kindOf } from '#domain/records/index.ts'
import { question } from '#domain/records/question.ts'
import { useForm } from '#src/capture/use-form.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { KeyHint } from '#src/ui/key-hint.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { toast } from '#src/ui/toast.tsx'
import { useDeciding } from './decide.ts'
import { approvalBlock } from './inbox.ts'
import { w } from './words.ts'

interface FootProps {
  item: InboxItem
  onApprove: () => void
  onDone: () => void
}

/** What the supervisor says to it: a question back, or that it is right. */
export const Foot = (props: FootProps) => {
  const asked = useSignal(0)
  if (props.item.record.withdrawn) return null
  return <Saying key={asked.value} {...props} onAsked={() => (asked.value += 1)} />
}

const Saying = ({ item, onApprove, onDone, onAsked }: FootProps & { onAsked: () => void }) => {
  const { names } = useApp()
  const { takeBack } = useDeciding()
  const { record } = item
  const { created } = record
  const form = useForm(question, {
    draft: `question-about-${record.id}`,
    start: {
      about: record.id,
      ...(created && { to: created.author as typeof record.id, toDevice: created.device }),
    },
  })
  const missing = useSignal(false)
  const unfolded = useSignal(false)
  const text = form.values.value.text ?? ''
  const open = unfolded.value || text !== ''
  const ask = async () => {
    if (text.trim() === '') {
      missing.value = open
      unfolded.value = true
      // on a phone the field is drawn only now
      requestAnimationFrame(() => document.getElementById('review-question')?.focus())
      return
    }
    const saved = await form.save()
    if (!saved) return
    toast(w('ask.done', { name: names.staffName(created?.author) }), {
      undo: () => void takeBack(saved, w('thread.takenBackReason')),
    })
    onAsked()
    onDone()
  }
  const block = approvalBlock(item)
  const approved = item.state === 'approved'
  return (
    <>
      <div class={open ? 'ask' : 'ask ask--folded'}>
        <TextArea
          id="review-question"
          label={w('ask.label')}
          hideLabel
          placeholder={w('ask.placeholder')}
          value={text}
          rows={1}
          maxLength={2000}
          error={missing.value ? w('ask.missing') : undefined}
          onInput={(next) => {
            missing.value = false
            form.set('text', next === '' ? undefined : next)
          }}
        />
        {text !== '' && (
          <SelectField
            id="review-question-field"
            label={w('ask.field')}
            hideLabel
            placeholder={w('ask.wholeRecord')}
            value={form.values.value.field ?? ''}
            options={Object.keys(kindOf(record.kind)?.fields ?? {}).map((field) => ({
              value: field,
              label: fieldLabel(record.kind, field),
            }))}
            onChange={(field) => form.set('field', field || undefined)}
          />
        )}
      </div>
      <div class="review-actions">
        <div class="review-actions__hint">
          {block ? (
            <p id="approval-block" class="small muted">
              {w(`blocks.${block}`)}
            </p>
          ) : (
            <KeyHint keys={['j', 'k']}>{w('keys.move')}</KeyHint>
          )}
        </div>
        <Button variant="line" icon="reply" shortcut="r" pending={form.saving.value} onClick={() => void ask()}>
          {w('ask.send')}
        </Button>
        {!approved && (
          <Button
            icon="check"
            shortcut="a"
            notYet={block !== null}
            describedBy={block ? 'approval-block' : undefined}
            onClick={onApprove}
          >
            {w('approved.approve')}
          </Button>
        )}
      </div>
    </>
  )
}
