import { useMemo } from 'preact/hooks'
import { addDays, type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { Growing } from '#src/capture/growing.tsx'
import { dayText, locale, t, timeText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { groupByDay, type InboxItem } from './inbox.ts'
import { RecordSeat } from './record-seat.tsx'
import { secondOf, titleOf } from './record-words.ts'
import { StateMark } from './state-mark.tsx'
import { tab } from './use-inbox.ts'

/** The rows of one part of the inbox, by day; a long list is drawn as far as one has scrolled. */
export const InboxList = (props: { items: readonly InboxItem[]; selected: string | undefined; subject: string }) => (
  <Growing items={props.items} subject={props.subject}>
    {(some) =>
      groupByDay(some).map(({ day, items }) => (
        <section key={day} class="inbox-day">
          <h2 class="inbox-day__title">{nearDay(day)}</h2>
          <List label={nearDay(day)}>
            {items.map((item) => (
              <InboxRow key={item.record.id} item={item} selected={item.record.id === props.selected} />
            ))}
          </List>
        </section>
      ))
    }
  </Growing>
)

const nearDay = (day: Day): string => {
  const today = dayOfInstant(Date.now())
  return day === today ? t('today') : day === addDays(today, -1) ? t('yesterday') : dayText(day, 'full')
}

/** Drawn again only when its item, its place in the light, a name or the language has altered. */
const InboxRow = ({ item, selected }: { item: InboxItem; selected: boolean }) => {
  const { names } = useApp()
  const { record, state } = item
  const [title, second] = [titleOf(record, names), sideline(item, secondOf(record, names), names.staffName)]
  return useMemo(
    () => (
      <ListRow
        dense
        href={`/review/${record.id}`}
        selected={selected}
        plain={state === 'approved' || state === 'returned' || state === 'withdrawn'}
        seat={<RecordSeat record={record} size={40} />}
        title={title}
        second={
          <>
            {state !== tab.value && <StateMark state={state} />}
            <span>{second}</span>
          </>
        }
        meta={timeText(item.movedAt)}
      />
    ),
    [item, selected, title, second, locale(), tab.value],
  )
}

/** What matters most beside the mark: the fields in conflict, who answered, else the place. */
const sideline = (
  { record, state, questions }: InboxItem,
  place: string,
  staffName: (id?: string) => string,
): string => {
  if (state === 'conflict')
    return Object.keys(record.conflicts)
      .map((field) => fieldLabel(record.kind, field))
      .join(' · ')
  if (state === 'answered') return staffName(questions.findLast(({ values }) => values.answer)?.values.answeredBy)
  return place
}
