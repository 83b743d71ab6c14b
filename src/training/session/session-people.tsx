import { useState } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { completionRule, curriculumFor } from '#domain/training/curriculum-for.ts'
import { marksOf, presenceOf } from '#domain/training/marks.ts'
import { fullName } from '#domain/training/roster-order.ts'
import { yearSpan } from '#domain/training/year-span.ts'
import { Growing } from '#src/capture/growing.tsx'
import { timeText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { Progress } from '#src/ui/progress.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { completionText } from '../parts/completion-text.ts'
import type { SessionView } from '../parts/types.ts'
import { moduleName, useCurricula } from '../parts/use-curricula.ts'
import type { RosterEntry } from '../parts/use-roster.ts'
import { useYear, yearKindOf } from '../parts/use-year.ts'
import { completionByPerson, type PersonCompletion, sessionAttendance } from '../parts/year-attendance.ts'
import { w } from '../words.ts'

type Shown = 'all' | 'completed' | 'short'

/** Everybody on the roster: when they came, and whether they have completed or what is missing. */
export const SessionPeople = (props: { session: SessionView; roster: readonly RosterEntry[] | null }) => {
  const { session, roster } = props
  const { names } = useApp()
  const curricula = useCurricula()
  const [shown, setShown] = useState<Shown>('all')
  const kind = yearKindOf(names.place(session.values.place)?.values.type)
  const day = (session.values.heldOn ?? dayOfInstant(Date.now())) as Day
  const year = useYear(kind, day).value
  const fitting = curriculumFor(session.values.audience, curricula)
  if (!roster || roster.length === 0) return null

  const people = roster.flatMap(({ attendance }) => attendance.values.person ?? [])
  // What was just tapped here is newer than what was read for the whole year.
  const now = sessionAttendance(
    session,
    roster.map(({ attendance }) => attendance),
  )
  const all = year && [...year.filter(({ id }) => id !== session.id), now]
  const completions = fitting && all ? completionByPerson(people, all, completionRule(fitting.values)) : null
  const completed = people.filter((id) => completions?.get(id)?.result.completed).length
  const rows = roster.filter(({ attendance }) => {
    const done = completions?.get(attendance.values.person ?? '')?.result.completed
    return shown === 'all' || done === (shown === 'completed')
  })

  return (
    <section class="stack">
      <h2>{w('people')}</h2>
      {completions ? (
        <>
          <Progress
            label={w('completion.title', { year: w(`year.${kind}`, { year: yearName(kind, day) }) })}
            value={completed}
            max={people.length}
            words={w('completion.count', { n: completed, of: people.length, left: people.length - completed })}
          />
          <Segmented
            label={w('completion.show')}
            options={[
              { value: 'all', label: w('completion.all'), count: people.length },
              { value: 'completed', label: w('completion.done'), count: completed },
              { value: 'short', label: w('completion.short'), count: people.length - completed },
            ]}
            value={shown}
            onChange={setShown}
          />
        </>
      ) : (
        <p class="muted">{fitting ? w('completion.reading') : w('completion.noCurriculum')}</p>
      )}
      {rows.length === 0 && <p class="muted">{w('completion.nobody')}</p>}
      <Growing items={rows} subject={shown}>
        {(some) => (
          <List label={w('people')}>
            {some.map((entry) => (
              <PersonRow
                key={entry.attendance.id}
                entry={entry}
                completion={completions?.get(entry.attendance.values.person ?? '')}
                nameOf={(code) => moduleName(code, curricula)}
              />
            ))}
          </List>
        )}
      </Growing>
    </section>
  )
}

const yearName = (kind: 'school' | 'fiscal', day: Day): string => String(yearSpan(kind, day).year)

const PersonRow = (props: {
  entry: RosterEntry
  completion: PersonCompletion | undefined
  nameOf: (code: string) => string
}) => {
  const { attendance, person } = props.entry
  const { completion } = props
  const { arrived, left } = presenceOf(marksOf(attendance.values.marks))
  const times = [
    arrived === undefined ? w('notCome') : w('cameAt', { time: timeText(arrived) }),
    left !== undefined && w('leftAt', { time: timeText(left) }),
  ]
  return (
    <ListRow
      href={`/training/people/${attendance.values.person}`}
      plain={!completion?.result.completed}
      title={
        <>
          {fullName(person?.values) || w('unknownPerson')}{' '}
          <span class="faint small">{[person?.values.grade, person?.values.seat].filter(Boolean).join(' · ')}</span>
        </>
      }
      second={
        <>
          <span class="nb">{times.filter(Boolean).join(' · ')}</span>
          {completion && (
            <span class={completion.result.completed ? 'done-word' : ''}>
              {completion.result.completed && <Icon name="check" size={20} />}
              {completionText(completion, props.nameOf)}
            </span>
          )}
        </>
      }
    />
  )
}
