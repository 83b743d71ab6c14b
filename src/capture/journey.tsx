import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Values } from '#domain/record-kind.ts'
import { decision } from '#domain/records/decision.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'
import { HistoryLine, type HistoryStep } from '#src/ui/history-line.tsx'
import { w } from './words.ts'
import './journey.css'

/** How far a record has come: saved, sent, received, in a backup, reviewed, exported. All but the last is known without a network. */
export const Journey = ({ record }: { record: RecordView }) => {
  const opened = useSignal(false)
  return (
    <details class="journey" onToggle={({ currentTarget }) => (opened.value = currentTarget.open)}>
      <summary>{w('journey.title')}</summary>
      {opened.value && <Steps key={record.seq} record={record} />}
    </details>
  )
}

const Steps = ({ record }: { record: RecordView }) => {
  const { store, names } = useApp()
  const { backup } = store.whereabouts.value
  const decisions = useRecords(decision, { parent: record.id }).value ?? []
  const { created, last, seq, safety } = record
  const steps: HistoryStep[] = []
  const by = (write: { author: string; at: number }) =>
    w('journey.by', { name: names.staffName(write.author), time: momentText(write.at) })
  if (created) steps.push({ title: w('journey.saved'), detail: by(created) })
  if (last && created && (last.device !== created.device || last.n !== created.n))
    steps.push({ title: w('journey.changed'), detail: by(last) })
  if (safety !== 'safe') steps.push({ title: w('journey.waits'), detail: w(`journey.${safety}`) })
  if (seq > 0)
    steps.push({
      title: w('journey.received'),
      detail: w('journey.number', { n: seq, time: last ? momentText(last.stamp) : '' }),
      safe: safety === 'safe',
    })
  if (backup?.epoch === record.base.epoch && seq > 0 && seq <= backup.seq && safety === 'safe')
    steps.push({ title: w('journey.backedUp'), detail: w('journey.backedUpText'), safe: true })
  for (const one of decisions) steps.push(stepOf(one, seq, names.staffName))
  return (
    <>
      <HistoryLine label={w('journey.title')} steps={steps} />
      <Exported record={record} />
    </>
  )
}

/** The server alone knows of exports. */
const Exported = ({ record }: { record: RecordView }) => {
  const { api } = useApp()
  const text = useSignal('')
  useEffect(() => {
    if (record.seq === 0) return
    void api.get<{ exportedAt: number | null }>(`/api/records/${record.id}/history`).then((answer) => {
      if (!answer.ok) text.value = w('journey.exportUnknown')
      else if (answer.value.exportedAt === null) text.value = w('journey.notExported')
      else text.value = w('journey.exported', { time: momentText(answer.value.exportedAt) })
    })
  }, [record.id, record.seq])
  return text.value ? <p class="small muted">{text.value}</p> : null
}

const stepOf = (
  { values, created }: RecordView<Values<typeof decision>>,
  seq: number,
  nameOf: (id: string | undefined) => string,
): HistoryStep => {
  const later = values.verdict === 'approved' && seq > (values.seen ?? 0)
  const who = w('journey.by', {
    name: nameOf(created?.author),
    time: momentText(values.decidedAt ?? created?.at ?? 0),
  })
  return {
    title: w(values.verdict === 'approved' ? 'journey.approved' : 'journey.revoked'),
    detail: later ? `${who} · ${w('journey.changedSince')}` : who,
  }
}
