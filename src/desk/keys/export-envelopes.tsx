import { useSignal } from '@preact/signals'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { keepFile } from '#src/ui/keep-file.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../words.ts'
import { openingCommand } from './opening-command.ts'

/** All that is sealed, as files that the program age opens with the key on paper. */
export const ExportEnvelopes = () => {
  const { api } = useApp()
  const complaints = useRecords(complaint).value
  const cases = useRecords(complaintCase).value
  const pending = useSignal(false)
  const problem = useSignal<string | null>(null)
  if (!complaints?.length || !cases) return null
  const take = async () => {
    if (pending.value) return
    pending.value = true
    const { envelopeFiles } = await import('./envelope-files.ts')
    const { zip, count } = envelopeFiles(complaints, cases, `${w('keys.paper.steps')}\n\n${openingCommand}`)
    const noted = await api.post<void>('/api/desk/exports', { envelopes: count })
    pending.value = false
    // a server that is gone is what the paper is for
    problem.value = noted.ok || noted.failure.code === 'unavailable' ? null : failureText(noted.failure)
    if (problem.value) return
    keepFile(new Blob([zip], { type: 'application/zip' }), `bowon-envelopes-${dayOfInstant(Date.now())}.zip`)
    toast(w('keys.export.done', { n: count }))
  }
  return (
    <>
      {problem.value && <Notice tone="need">{problem.value}</Notice>}
      <Button variant="quiet" icon="download" pending={pending.value} onClick={() => void take()}>
        {w('keys.export.take')}
      </Button>
    </>
  )
}
