import { useComputed } from '@preact/signals'
import { lazy } from 'preact-iso'
import { type Day, dayOfInstant, instantOf } from '#domain/kernel/day.ts'
import { isTime } from '#domain/kernel/time-of-day.ts'
import type { Values } from '#domain/record-kind.ts'
import { attendance } from '#domain/records/attendance.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { question } from '#domain/records/question.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { plainKinds, plainPath } from '#src/capture/plain/kinds.ts'
import { clockText, dayText, yearText } from '#src/i18n/index.ts'
import { questionsFor } from '#src/review/questions-for.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { ownDevices } from '#src/store/own-devices.ts'
import type { Soon } from '#src/store/store.ts'
import type { RecordView } from '#src/store/types.ts'
import { Avatar } from '#src/ui/avatar.tsx'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Hero } from '#src/ui/hero.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Begin } from './begin.tsx'
import { waitsForDesk } from './desk-waits.ts'
import { mayOpen } from './places.ts'
import { SafetyNow } from './safety-now.tsx'
import { useMinute } from './use-minute.ts'
import { w } from './words.ts'

const OtherRecords = lazy(() => import('./today-late.ts').then((module) => module.OtherRecords))

const DeskToday = lazy(() => import('./today-late.ts').then((module) => module.DeskToday))

const NotTaken = lazy(() => import('./tablet/untaken.tsx').then((module) => module.NotTaken))

const NothingPublished = lazy(() => import('./no-screen.tsx').then((module) => module.NothingPublished))

type Session = RecordView<Values<typeof trainingSession>>

/** What Today asks of the tablet first, at this moment in milliseconds. */
export const todaysQuestions = (now: number): Soon => [
  [trainingSession, { day: dayOfInstant(now) }],
  [question, {}],
]

/** The next thing to do is the biggest thing on the screen. */
export const Today = () => {
  const { session, names, store } = useApp()
  const now = useMinute()
  const day = dayOfInstant(now)
  const sessions = useRecords(trainingSession, { day }).value
  const person = session.person.value
  const open = [...(sessions ?? [])]
    .filter((one) => one.values.state !== 'closed')
    .sort((a, b) => ((a.values.startsAt ?? '99') < (b.values.startsAt ?? '99') ? -1 : 1))
  const [next, ...later] = open

  return (
    <main class="page stack today" id="content">
      <header>
        <div class="page-head">
          <h1>
            {dayText(day, 'heading')} <span class="today__year">{yearText(day)}</span>
          </h1>
          {person && (
            <Avatar initials={initialsOf(names.staffName(person.id))} label={w('home.person')} href="/tablet" />
          )}
        </div>
        <SafetyNow />
      </header>
      <ServerWaits />
      {store.people.untaken.value && <NotTaken />}
      {waitsForDesk.value && <DeskToday />}
      {next ? (
        <div class="bleed">
          <NextSession session={next} now={now} />
        </div>
      ) : (
        <>
          <Questions />
          {mayOpen('/training', person?.standing)
            ? sessions && <EmptyState title={w('home.nothing')} text={w('home.nothingText')} />
            : person && <NothingPublished />}
        </>
      )}
      {later.length > 0 && (
        <section>
          <h2>{w('home.later')}</h2>
          <List>
            {later.map((one) => (
              <SessionRow key={one.id} session={one} />
            ))}
          </List>
        </section>
      )}
      {next && <Questions />}
      {plainKinds.some(({ kind }) => mayOpen(plainPath(kind), person?.standing)) && <OtherRecords />}
      <Begin />
    </main>
  )
}

/** What the server does not do for whoever works here, said where the day begins: work goes up all the same. */
const ServerWaits = () => {
  const { session } = useApp()
  const { state, inDoubt } = session.online.value
  if (inDoubt) return <Notice icon="key">{w('home.inDoubt')}</Notice>
  if (state !== 'ended') return null
  return (
    <Notice
      icon="lock"
      action={
        <Button variant="line" size="small" href="/sign-in">
          {w('home.signIn')}
        </Button>
      }
    >
      {w('home.sessionEnded')}
    </Notice>
  )
}

const NextSession = ({ session, now }: { session: Session; now: number }) => {
  const { names } = useApp()
  const { values } = session
  const roster = useRecords(attendance, { parent: session.id }).value
  const place = names.place(values.place)
  const count = roster?.length ?? 0
  const modules = Object.values(values.modules ?? {})
  const minutes = modules.reduce((sum, module) => sum + (module.planned ?? 0), 0)
  return (
    <Hero
      eyebrow={whenText(session, now)}
      title={place?.values.name ?? values.title ?? w('training')}
      node={nodeOfPlace(place?.values.type)}
      facts={[
        values.title,
        count > 0 && w('home.people', { n: count }),
        modules.length > 0 && w('home.modules', { n: modules.length, minutes }),
      ].filter((fact) => typeof fact === 'string')}
      noteIcon={count > 0 ? 'check-circle' : 'info'}
      note={roster ? (count > 0 ? w('home.rosterHere') : w('home.rosterEmpty')) : undefined}
    >
      <Button variant="hero" size="big" icon="list-checks" href={`/training/${session.id}/check-in`}>
        {roster?.some((one) => Object.keys(one.values.marks ?? {}).length > 0)
          ? w('home.goOnCheckIn')
          : w('home.checkIn')}
      </Button>
      <Button variant="hero-quiet" size="big" href={`/training/${session.id}`}>
        {w('home.prepare')}
      </Button>
    </Hero>
  )
}

const whenText = (session: Session, now: number): string => {
  const { startsAt, heldOn } = session.values
  if (!startsAt || !heldOn || !isTime(startsAt)) return w('home.now')
  const minutes = Math.round((instantOf(heldOn as Day, startsAt) - now) / 60_000)
  const time = clockText(startsAt)
  if (minutes <= 0) return `${w('home.now')} ${w('home.sinceTime', { time })}`
  const next = w('home.next', { time })
  return minutes <= 120 ? `${next} ${w('home.inMinutes', { n: minutes })}` : next
}

const SessionRow = ({ session }: { session: Session }) => {
  const { names } = useApp()
  const { values } = session
  const place = names.place(values.place)
  return (
    <ListRow
      href={`/training/${session.id}`}
      lead={values.startsAt ? clockText(values.startsAt).replace(' น.', '') : undefined}
      seat={<NodeSeat node={nodeOfPlace(place?.values.type) ?? 'joint'} />}
      title={place?.values.name ?? values.title ?? w('training')}
      second={values.title}
    />
  )
}

const Questions = () => {
  const { store, session, names } = useApp()
  const me = session.person.value?.id
  const devices = ownDevices(store.people.identity.value)
  const all = useRecords(question)
  const open = useComputed(() => questionsFor(all.value ?? [], { person: me, devices }).mine).value
  if (open.length === 0) return null
  return (
    <section>
      <h2 class="cluster need-text">
        <Icon name="message-question" />
        {w('home.asked', { n: open.length })}
      </h2>
      <List>
        {open.map((one) => (
          <ListRow
            key={one.id}
            href={`/questions/${one.id}`}
            plain
            title={`“${one.values.text ?? ''}”`}
            second={[
              names.staffName(one.created?.author),
              one.created && dayText(dayOfInstant(one.created.at), 'short'),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </List>
    </section>
  )
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((part) => part !== '…')
    .slice(0, 2)
    .map((part) => [...part.replace(/^[เแโใไ]/, '')][0] ?? '')
    .join('')
