import { useSignal } from '@preact/signals'
import type { Write } from '#domain/merge.ts'
import { listOf, momentText, n } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { HistoryLine, type HistoryStep } from '#src/ui/history-line.tsx'
import { useDeviceName } from './use-device-name.ts'
import type { PastChange } from './use-history.ts'
import { w } from './words.ts'

/** How many changes are drawn before the middle ones are folded away. */
const most = 6
const namedFields = 3

type Change = Write | PastChange

/** Who changed what, when and on which device, oldest first; the last dot is green when the server's receipt is verified. */
export const HistorySteps = (props: { item: InboxItem; changes: readonly Change[]; whole: boolean }) => {
  const { names } = useApp()
  const deviceName = useDeviceName(props.item.record.id)
  const all = useSignal(false)
  const { record } = props.item
  const { created, kind } = record

  const detailOf = (change: Pick<Change, 'at' | 'device'> & { proven?: boolean }) =>
    [momentText(change.at), deviceName(change.device), change.proven === false && w('history.unproven')]
      .filter(Boolean)
      .join(' · ')
  const begun: HistoryStep = created
    ? { title: w('history.begun', { name: names.staffName(created.author) }), detail: detailOf(created) }
    : { title: w('history.begunSomewhere'), detail: '' }
  const later = props.changes.filter(({ device, n }) => device !== created?.device || n !== created?.n)
  const steps = later.map((change) => ({
    title: titleOf(names.staffName(change.author), kind, change.set),
    detail: detailOf(change),
  }))
  const folded = all.value ? 0 : Math.max(0, steps.length - most)
  const newest = props.changes.at(-1)
  const received = newest && 'receivedAt' in newest ? newest.receivedAt : newest?.stamp
  const receipt: readonly HistoryStep[] =
    record.safety === 'safe' && record.waiting.length === 0 && received !== undefined
      ? [
          {
            title: w('history.receipt'),
            detail: w('history.receiptNumber', { time: momentText(received), n: record.seq }),
            safe: true,
          },
        ]
      : []
  return (
    <>
      {folded > 0 && (
        <div>
          <Button variant="quiet" size="small" icon="history" onClick={() => (all.value = true)}>
            {w('history.more', { n: n(folded) })}
          </Button>
        </div>
      )}
      <HistoryLine label={w('history.title')} steps={[begun, ...steps.slice(folded), ...receipt]} />
      {!props.whole && <p class="small muted">{w('history.partly')}</p>}
    </>
  )
}

const titleOf = (name: string, kind: string, set: Write['set']): string => {
  const fields = Object.keys(set)
  if (fields.includes('withdrawn')) return w(set.withdrawn === null ? 'history.putBack' : 'history.withdrew', { name })
  const labels = fields.slice(0, namedFields).map((field) => fieldLabel(kind, field))
  const more = fields.length - labels.length
  return w('history.changed', {
    name,
    fields: listOf(more > 0 ? [...labels, w('history.andMore', { n: more })] : labels),
  })
}
