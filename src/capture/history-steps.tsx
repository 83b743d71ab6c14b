import { useSignal } from '@preact/signals'
import type { Write } from '#domain/merge.ts'
import { fieldOf } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import { listOf, momentText, n } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { Names } from '#src/session/names.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { HistoryLine, type HistoryStep } from '#src/ui/history-line.tsx'
import { useDeviceName } from './use-device-name.ts'
import type { PastChange } from './use-history.ts'
import { valueText } from './value-text.ts'
import { w } from './words.ts'

/** How many changes are drawn before the middle ones are folded away. */
const most = 6
const namedFields = 3

type Change = Write | PastChange

/** Who changed what, when and on which device, oldest first; the last dot is green when the server's receipt is verified. */
export const HistorySteps = (props: { record: RecordView; changes: readonly Change[]; whole: boolean }) => {
  const { names } = useApp()
  const { record } = props
  const deviceName = useDeviceName(record.id)
  const all = useSignal(false)
  const { created, kind } = record

  const detailOf = (change: Pick<Change, 'at' | 'device'> & { proven?: boolean }) =>
    [momentText(change.at), deviceName(change.device), change.proven === false && w('history.unproven')]
      .filter(Boolean)
      .join(' · ')
  const isFirst = ({ device, n }: Change) => device === created?.device && n === created?.n
  const first = props.changes.find(isFirst)
  const begun: HistoryStep = created
    ? {
        title: [
          w('history.begun', { name: names.staffName(created.author) }),
          ...chosenIn(kind, first?.set, names),
        ].join(' · '),
        detail: detailOf(created),
      }
    : { title: w('history.begunSomewhere'), detail: '' }
  const steps = props.changes
    .filter((change) => !isFirst(change))
    .map((change) => ({
      title: titleOf(names.staffName(change.author), kind, change.set, names),
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

const titleOf = (name: string, kind: string, set: Write['set'], names: Names): string => {
  const fields = Object.keys(set)
  if (fields.includes('withdrawn')) return w(set.withdrawn === null ? 'history.putBack' : 'history.withdrew', { name })
  const labels = fields
    .slice(0, namedFields)
    .map((field) => chosenIn(kind, { [field]: set[field]! }, names)[0] ?? fieldLabel(kind, field))
  const more = fields.length - labels.length
  return w('history.changed', {
    name,
    fields: listOf(more > 0 ? [...labels, w('history.andMore', { n: more })] : labels),
  })
}

/** What was decided between people is said with its value: codes and days that two of them may choose differently. */
const chosenIn = (kind: string, set: Write['set'] | undefined, names: Names): readonly string[] => {
  const known = kindOf(kind)
  if (!known || !set) return []
  return Object.entries(set).flatMap(([field, value]) => {
    const declared = fieldOf(known, field)
    if (declared?.merge !== 'ask' || (declared.type !== 'choice' && declared.type !== 'day')) return []
    const text = valueText(known, field, value, names) || w('conflict.cleared')
    return [w('history.chosen', { field: fieldLabel(kind, field), value: text })]
  })
}
