import { useState } from 'preact/hooks'
import { addDays, dayOfInstant } from '#domain/kernel/day.ts'
import { searchKey } from '#domain/kernel/thai-text.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { sessionTitle } from '../parts/session-text.ts'
import type { SessionView } from '../parts/types.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { type Grouped, groupSessions } from './group-sessions.ts'
import { monthText, SessionList } from './session-list.tsx'

const pageDays = 400
const pageRows = 40

type State = 'all' | 'open' | 'closed'

/** Every session of my places: today, what comes, and the past by month. */
export const Sessions = () => {
  const { names } = useApp()
  useTitle(w('training'))
  const today = dayOfInstant(Date.now())
  const [pages, setPages] = useState(1)
  const [state, setState] = useState<State>('all')
  const [search, setSearch] = useState('')
  const all = useRecords(trainingSession, { from: addDays(today, -pageDays * pages) }).value
  const key = searchKey(search)
  const matches = ({ values }: SessionView) =>
    (state === 'all' || (values.state === 'closed') === (state === 'closed')) &&
    searchKey(`${names.placeName(values.place)}${sessionTitle(names, values)}`).includes(key)
  const found = all?.filter(matches) ?? []
  const older = () => setPages(pages + 1)

  return (
    <main class="page stack" id="content">
      <div class="page-head">
        <h1>{w('training')}</h1>
        {all && all.length > 0 && (
          <Button icon="plus" href="/training/new">
            {w('open')}
          </Button>
        )}
      </div>
      {all && all.length === 0 && (
        <EmptyState title={w('list.empty')} text={w('list.emptyText')}>
          <Button size="big" icon="plus" href="/training/new">
            {w('open')}
          </Button>
          <Button variant="quiet" onClick={older}>
            {w('list.older')}
          </Button>
        </EmptyState>
      )}
      {all && all.length > 0 && (
        <>
          <div class="training-filter">
            <TextField
              id="session-search"
              label={w('list.search')}
              hideLabel
              placeholder={w('list.search')}
              type="search"
              icon="search"
              clearable
              value={search}
              onInput={setSearch}
            />
            <Segmented
              label={w('list.state')}
              options={(['all', 'open', 'closed'] as const).map((value) => ({ value, label: w(`list.${value}`) }))}
              value={state}
              onChange={setState}
            />
          </div>
          {found.length === 0 && <p class="muted">{w('list.nothing')}</p>}
          <Groups grouped={groupSessions(found, today)} />
          <Button variant="quiet" onClick={older}>
            {w('list.older')}
          </Button>
        </>
      )}
    </main>
  )
}

const Groups = ({ grouped }: { grouped: Grouped<SessionView> }) => {
  const [rows, setRows] = useState(pageRows)
  let left = rows
  const months = grouped.months.flatMap(({ month, sessions }) => {
    const shown = sessions.slice(0, left)
    left -= shown.length
    return shown.length > 0 ? [{ month, shown, count: sessions.length }] : []
  })
  const past = grouped.months.reduce((sum, { sessions }) => sum + sessions.length, 0)
  return (
    <>
      <SessionList title={w('list.today')} sessions={grouped.today} timed />
      <SessionList title={w('list.coming')} sessions={grouped.coming} />
      {months.map(({ month, shown, count }) => (
        <SessionList key={month} title={monthText(month)} sessions={shown} count={count} />
      ))}
      {past > rows && (
        <Button variant="line" onClick={() => setRows(rows + pageRows)}>
          {w('list.more', { n: Math.min(pageRows, past - rows) })}
        </Button>
      )}
    </>
  )
}
