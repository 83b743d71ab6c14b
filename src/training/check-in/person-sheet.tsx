import { useState } from 'preact/hooks'
import { type Day, dayOfInstant, instantOf, timeOfInstant } from '#domain/kernel/day.ts'
import type { Mark } from '#domain/training/attendance-time.ts'
import { type MarkRun, presenceOf, roomOf, runsOf } from '#domain/training/marks.ts'
import { listOf, t, timeText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { TimeField } from '#src/ui/time-field.tsx'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import type { CheckInModel } from './model.ts'
import type { Row } from './row.ts'

/** One person who is in: go out now, correct a time, undo; with everybody who tapped them. */
export const PersonSheet = (props: {
  session: SessionView
  model: CheckInModel
  row: Row | null
  onClose: () => void
}) => {
  const { row } = props
  return (
    <Sheet open={row !== null} onClose={props.onClose} title={row?.full ?? ''}>
      {row && <Times key={row.id} {...props} row={row} />}
    </Sheet>
  )
}

const Times = (props: { session: SessionView; model: CheckInModel; row: Row; onClose: () => void }) => {
  const { model, row, session } = props
  const { names } = useApp()
  const marks = row.marks.value
  const runs = runsOf(marks)
  const struck = marks.filter((mark) => mark.struckBy)
  const { left } = presenceOf(marks)
  const [editing, setEditing] = useState<string | null>(null)
  const open = session.values.state !== 'closed'
  const now = (kind: 'in' | 'out') => {
    void model.tap(row.id, kind)
    props.onClose()
  }
  return (
    <div class="stack">
      <ol class="runs">
        {runs.map((run) => (
          <li key={run.marks[0]!.id}>
            <Run
              run={run}
              runs={runs}
              day={(session.values.heldOn ?? dayOfInstant(run.at)) as Day}
              editing={editing === run.marks[0]!.id}
              onEdit={(on) => setEditing(on ? run.marks[0]!.id : null)}
              onCorrect={(at) => {
                setEditing(null)
                void model.correct(row.id, run, at)
              }}
              onStrike={() => {
                void model.strike(row.id, run.marks)
                if (runs.length === 1) props.onClose()
              }}
            />
          </li>
        ))}
      </ol>
      {struck.length > 0 && (
        <ul class="struck">
          {struck.map((mark) => (
            <li key={mark.id}>
              <s>{runText(mark)}</s> {w('sheet.struckBy', { name: names.staffName(mark.struckBy ?? undefined) })}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <Button
          size="big"
          full
          icon={left === undefined ? 'log-out' : 'user-check'}
          onClick={() => now(left === undefined ? 'out' : 'in')}
        >
          {left === undefined ? w('sheet.outNow') : w('sheet.inAgain')}
        </Button>
      )}
      <Button variant="quiet" href={`/training/people/${row.person}`} iconEnd="chevron-right">
        {w('sheet.seePerson')}
      </Button>
    </div>
  )
}

const runText = ({ kind, at }: Pick<Mark, 'kind' | 'at'>): string =>
  kind === 'in' ? w('sheet.in', { time: timeText(at) }) : w('sheet.out', { time: timeText(at) })

const Run = (props: {
  run: MarkRun
  runs: readonly MarkRun[]
  day: Day
  editing: boolean
  onEdit: (on: boolean) => void
  onCorrect: (at: number) => void
  onStrike: () => void
}) => {
  const { names, store } = useApp()
  const { run } = props
  const device = store.people.identity.value.device
  const takers = run.marks.map((mark) =>
    mark.device === device
      ? w('sheet.takenHere', { name: names.staffName(mark.taker) })
      : w('sheet.takenThere', { name: names.staffName(mark.taker) }),
  )
  return (
    <>
      <div class="run">
        <p class="run__text">
          <b>{runText(run)}</b>
          <span class="muted small">{listOf([...new Set(takers)])}</span>
        </p>
        {!props.editing && (
          <div class="run__actions">
            <Button variant="line" size="small" icon="clock" onClick={() => props.onEdit(true)}>
              {w('sheet.correct')}
            </Button>
            <Button variant="line" size="small" icon="undo" onClick={props.onStrike}>
              {run.kind === 'in' ? w('sheet.undoIn') : w('sheet.undoOut')}
            </Button>
          </div>
        )}
      </div>
      {props.editing && <Correct {...props} />}
    </>
  )
}

const Correct = (props: {
  run: MarkRun
  runs: readonly MarkRun[]
  day: Day
  onEdit: (on: boolean) => void
  onCorrect: (at: number) => void
}) => {
  const { run, runs, day } = props
  const [time, setTime] = useState<string | undefined>(timeOfInstant(run.at))
  const [tried, setTried] = useState(false)
  const at = time === undefined ? undefined : instantOf(day, time)
  const { after, before } = roomOf(runs, run)
  const problem =
    at === undefined
      ? t('errors.time')
      : after !== undefined && at < after
        ? w('sheet.notBefore', { time: timeText(after) })
        : before !== undefined && at > before
          ? w('sheet.notAfter', { time: timeText(before) })
          : undefined
  return (
    <form
      class="correct"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!problem && at !== undefined) props.onCorrect(at)
      }}
    >
      <TimeField
        id="correct-time"
        label={run.kind === 'in' ? w('sheet.cameAt') : w('sheet.leftAt')}
        value={time}
        error={tried ? problem : undefined}
        onChange={setTime}
      />
      <div class="cluster">
        <Button variant="line" onClick={() => props.onEdit(false)}>
          {t('cancel')}
        </Button>
        <Button type="submit">{w('sheet.useTime')}</Button>
      </div>
    </form>
  )
}
