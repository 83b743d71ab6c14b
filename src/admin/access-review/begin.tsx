import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { reasonText } from '../server-news.tsx'
import { w } from '../words.ts'
import type { Doubt } from './doubt.ts'

/** Where an administrator shows the operator's code, and takes the review over from whoever began it. */
export const Begin = ({ doubt, onBegun }: { doubt: Doubt; onBegun: () => void }) => {
  const { api, names } = useApp()
  const code = useSignal('')
  const busy = useSignal(false)
  const tried = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const begin = async () => {
    tried.value = true
    if (busy.peek() || code.peek().trim() === '') return
    busy.value = true
    const answer = await api.post<void>('/api/access-review', { code: code.peek() })
    busy.value = false
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) onBegun()
  }
  const { value: failure } = failed
  const ofCode = failure?.code === 'wrong-console-code'
  const errorText = () => {
    if (tried.value && code.value.trim() === '') return t('errors.required')
    return failure ? (ofCode ? failureText(failure) : reasonText(failure)) : undefined
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      {doubt.reviewer && <p>{w('accessReview.another', { name: names.staffName(doubt.reviewer) })}</p>}
      <TextField
        id="console-code"
        label={w('accessReview.code')}
        hint={w('accessReview.codeHint')}
        error={errorText()}
        value={code.value}
        maxLength={200}
        required
        onInput={(text) => {
          code.value = text
        }}
      />
      <div>
        <Button type="submit" icon="key" pending={busy.value}>
          {w('accessReview.begin')}
        </Button>
      </div>
    </form>
  )
}
