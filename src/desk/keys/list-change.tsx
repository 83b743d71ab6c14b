import { useSignal } from '@preact/signals'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Dialog } from '#src/ui/modal.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import type { Alteration } from '#src/vault/desk-keys.ts'
import { needsAnother } from '../desk-state.ts'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { ListDiff } from './list-diff.tsx'
import { PaperField } from './paper-field.tsx'
import { sendList } from './send-list.ts'

/** Asks before the list is altered. Once there are two members a second word is needed: a colleague's, or that of the key on paper. */
export const ListChange = (props: { list: DeskList; change: Alteration; onClose: () => void }) => {
  const app = useApp()
  const { list, change } = props
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const paper = useSignal<string | null>(null)
  const isMember = unlocked.value !== null
  const needsSecond = isMember && needsAnother(list)
  const takesPaper = needsSecond || !isMember
  const send = async (secret: string | null) => {
    if (pending.value) return
    pending.value = true
    const { nextList } = await import('#src/vault/desk-keys.ts')
    const sent = await sendList(app, secret, (identities) => nextList(list, change, identities))
    pending.value = false
    if (sent === 'unsigned' || typeof sent === 'object') {
      problem.value = sent === 'unsigned' ? failure('not-permitted') : sent
      return
    }
    toast(w(`keys.change.${sent}`))
    props.onClose()
  }
  return (
    <Dialog
      open
      title={w('keys.change.title')}
      onClose={props.onClose}
      footer={
        <>
          <Button variant="line" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          {takesPaper && (
            <Button
              variant={isMember ? 'line' : 'primary'}
              notYet={paper.value === null}
              pending={pending.value}
              onClick={() => void send(paper.value)}
            >
              {w('keys.change.withPaper')}
            </Button>
          )}
          {isMember && (
            <Button pending={pending.value} onClick={() => void send(null)}>
              {w(needsSecond ? 'keys.change.ask' : 'keys.change.confirm')}
            </Button>
          )}
        </>
      }
    >
      <div class="stack">
        {problem.value && (
          <Notice tone="need" alert>
            {failureText(problem.value)}
          </Notice>
        )}
        <ListDiff before={list} after={{ keys: [...change.keys], recovery: change.paper?.recovery ?? list.recovery }} />
        {needsSecond && <p class="muted">{w('keys.change.second')}</p>}
        {takesPaper && (
          <PaperField
            list={list}
            onPaper={(secret) => {
              paper.value = secret
            }}
          />
        )}
      </div>
    </Dialog>
  )
}
