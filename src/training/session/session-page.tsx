import { nodeOfPlace } from '#domain/records/place.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { marksOf, presenceOf } from '#domain/training/marks.ts'
import { Provenance } from '#src/capture/answers.tsx'
import { Conflicts } from '#src/capture/conflicts.tsx'
import { Journey } from '#src/capture/journey.tsx'
import { useMayAlter } from '#src/capture/may-write.ts'
import { QuestionsAbout } from '#src/capture/questions-about.tsx'
import { SafetyOf } from '#src/capture/safety-of.tsx'
import { Withdraw, Withdrawn } from '#src/capture/withdraw.tsx'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Hero } from '#src/ui/hero.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { WithSession } from '../parts/gate.tsx'
import { heldOnText, hoursText, plannedMinutes, sessionTitle } from '../parts/session-text.ts'
import type { SessionView } from '../parts/types.ts'
import { useRoster } from '../parts/use-roster.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { SessionFacts } from './session-facts.tsx'
import { SessionPeople } from './session-people.tsx'
import { useStateChange } from './use-state-change.ts'

/** One session: what it is, who is in, who has completed, and what to do next. */
export const SessionPage = (props: { id: string }) => {
  useTitle(w('session'))
  return <WithSession id={props.id}>{(session) => <Page key={session.id} session={session} />}</WithSession>
}

const Page = ({ session }: { session: SessionView }) => {
  const { names } = useApp()
  const { values } = session
  const roster = useRoster(session)
  const mayAlter = useMayAlter(trainingSession, session)
  const { reopen } = useStateChange(session)
  const place = names.place(values.place)
  const closed = values.state === 'closed'
  const people = roster.value
  const marks = people?.map(({ attendance }) => marksOf(attendance.values.marks)) ?? []
  const came = marks.filter((one) => presenceOf(one).arrived !== undefined).length
  const count = people?.length ?? 0
  const path = `/training/${session.id}`
  const facts = [
    sessionTitle(names, values),
    w('peopleCount', { n: count }),
    Object.keys(values.modules ?? {}).length > 0 &&
      w('modulesCount', { n: Object.keys(values.modules ?? {}).length, minutes: plannedMinutes(values) }),
  ].filter((fact) => fact !== false)

  return (
    <main class="page stack" id="content">
      <TopBar back="/training" title={w('session')} right={<SafetyOf record={session} />} />
      <Withdrawn record={session} mayAlter={mayAlter} />
      <Conflicts record={session} mayAlter={mayAlter} />
      <QuestionsAbout record={session} />
      <div class="bleed">
        <Hero
          eyebrow={[heldOnText(values, 'full'), hoursText(values)].filter(Boolean).join(' · ')}
          eyebrowIcon={closed ? 'lock' : 'clock'}
          title={place?.values.name ?? w('noPlace')}
          node={nodeOfPlace(place?.values.type) ?? 'joint'}
          facts={facts}
          noteIcon={count > 0 ? 'check-circle' : 'info'}
          note={people ? noteOf(closed, came, count) : undefined}
        >
          <NextStep session={session} count={count} came={came} />
        </Hero>
      </div>
      {mayAlter && !session.withdrawn && (
        <div class="cluster screen-only">
          <Button variant="line" icon="pencil" href={`${path}/prepare`}>
            {w('prepare')}
          </Button>
          {closed ? (
            <Button variant="line" icon="unlock" onClick={reopen}>
              {w('reopen')}
            </Button>
          ) : (
            count > 0 && (
              <Button variant="line" icon="lock" href={`${path}/close`}>
                {w('close')}
              </Button>
            )
          )}
        </div>
      )}
      <SessionPeople session={session} roster={people} />
      <SessionFacts session={session} />
      <Provenance record={session} />
      <Journey record={session} />
      {mayAlter && !session.withdrawn && (
        <div class="screen-only">
          <Withdraw record={session} />
        </div>
      )}
    </main>
  )
}

/** The one thing to do next, and the roster beside it. */
const NextStep = ({ session, count, came }: { session: SessionView; count: number; came: number }) => {
  const path = `/training/${session.id}`
  const closed = session.values.state === 'closed'
  if (session.withdrawn) return null
  if (count === 0)
    return (
      <Button variant="hero" size="big" icon="user-plus" href={`${path}/roster`}>
        {w('addPeople')}
      </Button>
    )
  return (
    <>
      <Button variant="hero" size="big" icon="list-checks" href={`${path}/check-in`}>
        {closed ? w('seeCheckIn') : came > 0 ? w('goOnCheckIn') : w('startCheckIn')}
      </Button>
      <Button variant="hero-quiet" size="big" href={`${path}/roster`}>
        {w('rosterTitle')}
      </Button>
    </>
  )
}

const noteOf = (closed: boolean, came: number, count: number): string => {
  if (count === 0) return w('rosterEmpty')
  return closed
    ? w('closedCame', { n: came, of: count })
    : came > 0
      ? w('cameSoFar', { n: came, of: count })
      : w('rosterHere')
}
