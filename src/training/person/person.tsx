import type { Day } from '#domain/kernel/day.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { person } from '#domain/records/person.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { completionOf, explainCompletion } from '#domain/training/completion.ts'
import { completionRule, curriculumFor } from '#domain/training/curriculum-for.ts'
import { presenceOf } from '#domain/training/marks.ts'
import { fullName } from '#domain/training/roster-order.ts'
import { attendedIn } from '#domain/training/session-times.ts'
import { yearSpan } from '#domain/training/year-span.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { SafetyOf } from '#src/capture/safety-of.tsx'
import { dayText, t, timeText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { Progress } from '#src/ui/progress.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { completionText } from '../parts/completion-text.ts'
import { sessionTitle } from '../parts/session-text.ts'
import type { PersonView } from '../parts/types.ts'
import { moduleName, useCurricula } from '../parts/use-curricula.ts'
import { useTitle } from '../parts/use-title.ts'
import { useYear, yearKindOf } from '../parts/use-year.ts'
import type { SessionAttendance } from '../parts/year-attendance.ts'
import { personFacts } from '../roster/on-roster.tsx'
import { w } from '../words.ts'

/** One participant: every session of the year, and what is missing. */
export const PersonPage = (props: { id: string }) => {
  useTitle(w('participant'))
  const one = useRecord<typeof person>(props.id as RecordId).value
  if (one === undefined) return null
  if (one?.kind !== 'person') return <RecordMissing back="/training" />
  return <Page key={one.id} person={one} />
}

const Page = ({ person }: { person: PersonView }) => {
  const { names } = useApp()
  const curricula = useCurricula()
  const place = names.place(person.values.place)
  const kind = yearKindOf(place?.values.type)
  const today = dayOfInstant(Date.now())
  const year = useYear(kind, today).value
  const attended = year?.filter(({ roster }) => roster.some((row) => row.person === person.id)) ?? []
  const newest = attended.toSorted((a, b) => ((a.values.heldOn ?? '') < (b.values.heldOn ?? '') ? 1 : -1))
  const fitting = curriculumFor(newest[0]?.values.audience, curricula)
  const rule = fitting && completionRule(fitting.values)
  const minutes = newest.flatMap((session) => attendedIn(session, session.roster).get(person.id) ?? [])
  const result = rule && completionOf(minutes, rule)
  const nameOf = (code: string) => moduleName(code, curricula)

  return (
    <main class="page stack" id="content">
      <TopBar back={() => history.back()} title={w('participant')} right={<SafetyOf record={person} />} />
      <div>
        <h1>{fullName(person.values)}</h1>
        <p class="muted">{[place?.values.name, personFacts(person.values)].filter(Boolean).join(' · ')}</p>
      </div>
      {year && result && (
        <section class="stack">
          <Progress
            label={w('completion.title', { year: w(`year.${kind}`, { year: String(yearSpan(kind, today).year) }) })}
            value={result.minutes}
            max={rule.thresholdMinutes}
            words={completionText({ result, explanation: explainCompletion(result) }, nameOf)}
          />
          <ol class="facts-modules">
            {result.perModule.map(({ code, minutes }) => (
              <li key={code}>
                <span class={minutes > 0 ? 'done-word' : 'muted'}>
                  <Icon name={minutes > 0 ? 'check' : 'minus'} size={20} /> {nameOf(code)}
                </span>
                <span class="muted nb">
                  {w('modules.actualOf', {
                    n: minutes,
                    of: rule.modules.find((module) => module.code === code)?.minutes ?? 0,
                  })}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {year && !rule && <p class="muted">{w('completion.noCurriculum')}</p>}
      <section>
        <h2>{w('person.sessions')}</h2>
        {year && newest.length === 0 && <p class="muted">{w('person.noSessions')}</p>}
        <List label={w('person.sessions')}>
          {newest.map((session) => (
            <SessionRow key={session.id} session={session} person={person.id} />
          ))}
        </List>
      </section>
    </main>
  )
}

const SessionRow = ({ session, person }: { session: SessionAttendance; person: string }) => {
  const { names } = useApp()
  const { values } = session
  const place = names.place(values.place)
  const { arrived, left } = presenceOf(session.roster.find((row) => row.person === person)?.marks ?? [])
  const minutes = Object.values(attendedIn(session, session.roster).get(person)?.minutes ?? {})
  const sum = minutes.reduce((all, one) => all + one, 0)
  const second = [
    place?.values.name,
    arrived === undefined ? w('notCome') : w('cameAt', { time: timeText(arrived) }),
    left !== undefined && w('leftAt', { time: timeText(left) }),
    values.state !== 'closed' && w('stillOpen'),
  ]
  return (
    <ListRow
      href={`/training/${session.id}`}
      lead={values.heldOn && dayText(values.heldOn as Day, 'short')}
      seat={<NodeSeat node={nodeOfPlace(place?.values.type) ?? 'joint'} size={44} />}
      title={sessionTitle(names, values)}
      second={second.filter(Boolean).join(' · ')}
      meta={t('minutes', { n: sum })}
    />
  )
}
