import { useComputed, useSignalEffect } from '@preact/signals'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { failureText } from '#src/i18n/failure.ts'
import { timeText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { WithSession } from '../parts/gate.tsx'
import { newMarkId } from '../parts/random-id.ts'
import { heldOnText, sessionTitle } from '../parts/session-text.ts'
import type { SessionValues, SessionView } from '../parts/types.ts'
import { useAuthor } from '../parts/use-author.ts'
import { useRoster } from '../parts/use-roster.ts'
import { useTitle } from '../parts/use-title.ts'
import { useStateChange } from '../session/use-state-change.ts'
import { w } from '../words.ts'
import { createCheckIn } from './model.ts'
import { Panel } from './panel.tsx'
import { PersonSheet } from './person-sheet.tsx'
import { RosterGrid } from './roster-grid.tsx'
import type { Row } from './row.ts'
import { isBackfill, tapTime } from './tap-time.ts'
import { WalkIn } from './walk-in.tsx'
import './check-in.css'

/** Who is here: search, tap in, tap out, undo. It fills the screen and never waits. */
export const CheckIn = (props: { id: string }) => {
  useTitle(w('checkIn.title'))
  return <WithSession id={props.id}>{(session) => <Instrument key={session.id} session={session} />}</WithSession>
}

/** Says so when the session is not of today, and what a tap then stands for. */
const OtherDay = ({ values }: { values: SessionValues }) => {
  const now = Date.now()
  if (!values.heldOn || values.heldOn === dayOfInstant(now)) return null
  const day = heldOnText(values)
  return (
    <Notice tone="wait" icon="calendar">
      {isBackfill(values, now)
        ? w('checkIn.backfill', { day, time: timeText(tapTime(values, 'in', now)) })
        : w('checkIn.otherDay', { day })}
    </Notice>
  )
}

/** A second touch of a shaking hand is not a second wish. */
const doubleTapMs = 600

const Instrument = ({ session }: { session: SessionView }) => {
  const { names, store } = useApp()
  const author = useAuthor()
  const roster = useRoster(session)
  const { reopen } = useStateChange(session)
  const [opened, setOpened] = useState<Row | null>(null)
  const [walkIn, setWalkIn] = useState<string | null>(null)
  const lastTap = useRef({ id: '', at: 0 })
  const values = useRef(session.values)
  values.current = session.values
  const model = useMemo(
    () =>
      createCheckIn({
        store,
        device: store.people.identity.peek().device,
        author,
        now: (kind) => tapTime(values.current, kind, Date.now()),
        newMarkId,
        // Where only a few rows fit, those who are still missing come first.
        filter: matchMedia('(max-width: 480px)').matches ? 'not-yet' : 'all',
        onFailure: (failure) => toast(failureText(failure)),
      }),
    [session.id],
  )
  useSignalEffect(() => {
    if (roster.value) model.update(roster.value)
  })
  useEffect(() => model.stop, [model])

  // The same function for every row and every draw, or all of them would be drawn again.
  const tap = useCallback(
    (row: Row) => {
      const now = Date.now()
      const again = lastTap.current.id === row.id && now - lastTap.current.at < doubleTapMs
      lastTap.current = { id: row.id, at: now }
      if (row.state.peek().came !== undefined) {
        if (!again) setOpened(row)
      } else if (values.current.state === 'closed')
        toast(w('checkIn.closed'), { action: { label: w('reopen'), run: reopen } })
      else void model.tap(row.id, 'in')
    },
    [model],
  )
  const ready = useComputed(() => roster.value !== null).value
  const place = names.place(session.values.place)
  const title = place?.values.name ?? w('checkIn.title')
  const search = model.search.value
  const tapOnlyOne = () => {
    const shown = model.rows.peek().filter((row) => !row.hidden.peek())
    if (search === '' || shown.length !== 1 || shown[0]!.state.peek().came !== undefined) return
    tap(shown[0]!)
    model.search.value = ''
  }

  return (
    <main class="check-in" id="content">
      <div class="check-in__roster">
        <div class="check-in__head">
          <TopBar
            back={`/training/${session.id}`}
            seat={<NodeSeat node={nodeOfPlace(place?.values.type) ?? 'joint'} size={44} />}
            title={title}
            second={[sessionTitle(names, session.values), heldOnText(session.values)].filter(Boolean).join(' · ')}
          />
          <TextField
            id="check-in-search"
            label={w('searchPerson')}
            hideLabel
            placeholder={w('searchPerson')}
            type="search"
            icon="search"
            clearable
            value={search}
            onInput={(text) => {
              model.search.value = text
            }}
            onEnter={tapOnlyOne}
          />
        </div>
        {session.values.state === 'closed' && (
          <Notice
            icon="lock"
            action={
              <Button variant="line" size="small" onClick={reopen}>
                {w('reopen')}
              </Button>
            }
          >
            {w('checkIn.closed')}
          </Notice>
        )}
        <OtherDay values={session.values} />
        {ready && (
          <RosterGrid model={model} onTap={tap} onWalkIn={setWalkIn} rosterPath={`/training/${session.id}/roster`} />
        )}
      </div>
      <Panel session={session} model={model} title={title} onWalkIn={() => setWalkIn('')} />
      <PersonSheet session={session} model={model} row={opened} onClose={() => setOpened(null)} />
      <WalkIn
        session={session}
        name={walkIn}
        onClose={() => {
          setWalkIn(null)
          model.search.value = ''
        }}
      />
    </main>
  )
}
