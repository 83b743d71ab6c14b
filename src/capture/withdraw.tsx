import { useState } from 'preact/hooks'
import type { Json } from '#domain/kernel/bytes.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import type { App } from '#src/session/context.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { Dialog } from '#src/ui/modal.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from './words.ts'

/** Writes one field of a record that is shown, as an edit of its own; says so when the tablet refuses. */
export const setField = async (
  { store, session }: Pick<App, 'store' | 'session'>,
  record: Pick<RecordView, 'id' | 'kind' | 'base'>,
  field: string,
  value: Json,
): Promise<boolean> => {
  const saved = await store.save({
    kind: record.kind,
    record: record.id,
    base: record.base,
    set: { [field]: value },
    author: session.person.peek()!.id,
  })
  if (!saved.ok) toast(failureText(saved.failure.failure))
  return saved.ok
}

const longest = 1000

/** Takes a record out of lists and counts, with a reason; it stays in the history. */
export function Withdraw({ record }: { record: RecordView }) {
  const app = useApp()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const withdraw = async () => {
    const told = reason.trim()
    setMissing(told === '')
    if (told === '' || told.length > longest) return
    if (!(await setField(app, record, 'withdrawn', { reason: told }))) return
    setOpen(false)
    toast(w('withdraw.done'), { undo: () => void putBack(app, record.id) })
  }
  return (
    <>
      <Button variant="danger" icon="undo" onClick={() => setOpen(true)}>
        {w('withdraw.action')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={w('withdraw.title')}
        footer={
          <>
            <Button variant="line" onClick={() => setOpen(false)}>
              {t('cancel')}
            </Button>
            <Button variant="danger" onClick={() => void withdraw()}>
              {w('withdraw.action')}
            </Button>
          </>
        }
      >
        <div class="stack">
          <p>{w('withdraw.lead')}</p>
          <TextField
            id="withdraw-reason"
            label={w('withdraw.reason')}
            hint={w('withdraw.reasonHint')}
            value={reason}
            onInput={setReason}
            onEnter={() => void withdraw()}
            error={
              reason.length > longest
                ? t('errors.tooLong', { n: longest })
                : missing && reason.trim() === ''
                  ? w('withdraw.reasonMissing')
                  : undefined
            }
            required
          />
        </div>
      </Dialog>
    </>
  )
}

/** Reads the record anew, because the undo comes from a moment before the withdrawal was here. */
const putBack = async (app: App, id: RecordView['id']) => {
  const record = await app.store.record(id)
  if (record && (await setField(app, record, 'withdrawn', null))) toast(w('withdraw.backDone'))
}

/** Says that a record is withdrawn and why; whoever may alter it can put it back. */
export function Withdrawn({ record, mayAlter }: { record: RecordView; mayAlter: boolean }) {
  const app = useApp()
  if (!record.withdrawn) return null
  return (
    <Notice
      tone="wait"
      icon="undo"
      title={w('withdraw.is')}
      action={
        mayAlter && (
          <Button variant="line" size="small" onClick={() => void putBack(app, record.id)}>
            {w('withdraw.putBack')}
          </Button>
        )
      }
    >
      {w('withdraw.because', { reason: record.withdrawn.reason })}
    </Notice>
  )
}
