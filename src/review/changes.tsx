import { type Difference, differenceSince, reviewedSeq, startOf, type Version, versionsOf } from '#domain/history.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { Write } from '#domain/merge.ts'
import { changesRead, RecordHistory } from '#src/capture/history.tsx'
import { thisTablet } from '#src/capture/use-device-name.ts'
import { useHistory } from '#src/capture/use-history.ts'
import { dayText, momentText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { DiffTable } from '#src/ui/diff-table.tsx'
import { RecordFields } from './record-fields.tsx'
import { useValueWords, valuesOf } from './record-words.ts'
import { valueText } from './value-text.ts'
import { w } from './words.ts'

/** What differs from the version that was reviewed last, and who changed what. Without the server, what this tablet knows of it. */
export const Changes = ({ item }: { item: InboxItem }) => {
  const { record } = item
  const history = useHistory(record.id, record.seq)
  const changes = changesRead(history, record)
  const known = changes.length > 0
  const versions = versionsOf(record.id, record.kind, changes.map(asWrite))
  const reviewed = reviewedSeq(item.decisions)
  const start = startOf(versions, reviewed)
  const difference = known ? differenceSince(record.kind, versions, start, valuesOf(record)) : null
  return (
    <>
      {difference && difference.changed.length > 0 ? (
        <Altered item={item} difference={difference} since={start} reviewed={reviewed} />
      ) : (
        <section aria-label={w('fields.title')}>
          <h2 class="review-section">{w('fields.title')}</h2>
          <RecordFields record={record} />
        </section>
      )}
      <RecordHistory record={record} history={history} />
    </>
  )
}

const asWrite = ({ proven, ...change }: Omit<Write, 'proven'> & { proven: boolean }): Write =>
  proven ? change : { ...change, proven: false }

const Altered = (props: {
  item: InboxItem
  difference: Difference
  since: Version | undefined
  reviewed: number | null
}) => {
  const { names } = useApp()
  const words = useValueWords()
  const { record } = props.item
  const text = (field: string, value: Parameters<typeof valueText>[2]) => valueText(record.kind, field, value, words)
  const who = (write: Write | null) =>
    write ? `${shortName(names.staffName(write.author))} ${dayText(dayOfInstant(write.at), 'short')}` : thisTablet()
  const first = props.since?.write.at ?? 0
  const title = w(props.reviewed === null ? 'difference.first' : 'difference.reviewed', { time: momentText(first) })
  return (
    <section aria-label={title}>
      <h2 class="review-section">{title}</h2>
      <DiffTable
        caption={title}
        rows={props.difference.changed.map(({ field, before, after, by }) => ({
          field: fieldLabel(record.kind, field),
          before: text(field, before),
          after: text(field, after),
          who: who(by),
        }))}
        unchanged={props.difference.same.map(({ field, value }) => ({
          field: fieldLabel(record.kind, field),
          value: text(field, value),
        }))}
      />
    </section>
  )
}

/** A given name is enough in a narrow column. */
const shortName = (name: string): string => name.split(/\s+/)[0] ?? name
