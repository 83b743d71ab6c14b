import { useMemo } from 'preact/hooks'
import { addDays, type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { NearEnd } from '#src/capture/growing.tsx'
import { titleOf } from '#src/capture/record-name.tsx'
import { dayText, locale, t, timeText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxLine } from '#src/store/review-index.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { groupByDay } from './inbox.ts'
import { RecordSeat } from './record-seat.tsx'
import { secondOf } from './record-words.ts'
import { StateMark } from './state-mark.tsx'
import { type Inbox, tab } from './use-inbox.ts'

/** The rows of one part of the inbox, by day; a long list is read and drawn as far as one has scrolled. */
export const InboxList = ({ inbox, selected }: { inbox: Inbox; selected: string | undefined }) => {
  const all = inbox.page.value?.lines ?? []
  return (
    <>
      {groupByDay(all).map(({ day, lines }) => (
        <section key={day} class="inbox-day">
          <h2 class="inbox-day__title">{nearDay(day)}</h2>
          <List label={nearDay(day)}>
            {lines.map((line) => (
              <InboxRow key={line.record.id} line={line} selected={line.record.id === selected} />
            ))}
          </List>
        </section>
      ))}
      {all.length > 0 && all.length < inbox.count(tab.value) && (
        <NearEnd of={`${tab.value} ${all.length}`} onNear={inbox.askForMore} />
      )}
    </>
  )
}

const nearDay = (day: Day): string => {
  const today = dayOfInstant(Date.now())
  return day === today ? t('today') : day === addDays(today, -1) ? t('yesterday') : dayText(day, 'full')
}

/** Drawn again only when its line, its place in the light, a name or the language has altered. */
const InboxRow = ({ line, selected }: { line: InboxLine; selected: boolean }) => {
  const { names } = useApp()
  const { record, state } = line
  const [title, second] = [titleOf(record, names), sideline(line, secondOf(record, names), names.staffName)]
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
        meta={timeText(line.movedAt)}
      />
    ),
    [line, selected, title, second, locale(), tab.value],
  )
}

/** What matters most beside the mark: the fields in conflict, who answered, else the place. */
const sideline = (
  { record, state, questions }: InboxLine,
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
