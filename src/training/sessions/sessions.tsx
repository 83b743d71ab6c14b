import { useState } from 'preact/hooks'
import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { searchKey } from '#domain/kernel/thai-text.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { Growing } from '#src/capture/growing.tsx'
import { useNewest } from '#src/capture/use-newest.ts'
import { monthText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { sessionTitle } from '../parts/session-text.ts'
import type { SessionView } from '../parts/types.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { byMonth, type Grouped, groupSessions } from './group-sessions.ts'
import { SessionList } from './session-list.tsx'

type State = 'all' | 'open' | 'closed'

/** Every session of my places: today, what comes, and the past by month. */
export const Sessions = () => {
  const { names } = useApp()
  useTitle(w('training'))
  const today = dayOfInstant(Date.now())
  const [state, setState] = useState<State>('all')
  const [search, setSearch] = useState('')
  const { records, whole, older } = useNewest(trainingSession, { all: state !== 'all' || search !== '' })
  const empty = whole && records?.length === 0
  const key = searchKey(search)
  const matches = ({ values }: SessionView) =>
    (state === 'all' || (values.state === 'closed') === (state === 'closed')) &&
    (key === '' || searchKey(`${names.placeName(values.place)}${sessionTitle(names, values)}`).includes(key))
  const found = records?.filter(matches) ?? []

  return (
    <main class="page stack" id="content">
      <div class="page-head">
        <h1>{w('training')}</h1>
        {records && !empty && (
          <Button icon="plus" href="/training/new">
            {w('open')}
          </Button>
        )}
      </div>
      {empty && (
        <EmptyState title={w('list.empty')} text={w('list.emptyText')}>
          <Button size="big" icon="plus" href="/training/new">
            {w('open')}
          </Button>
        </EmptyState>
      )}
      {records && !empty && (
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
          {found.length === 0 && whole && <p class="muted">{w('list.nothing')}</p>}
          <Groups
            grouped={groupSessions(found, today)}
            subject={`${state} ${search}`}
            older={whole ? undefined : older}
          />
        </>
      )}
    </main>
  )
}

const Groups = (props: { grouped: Grouped<SessionView>; subject: string; older: (() => void) | undefined }) => {
  const { today, coming, past } = props.grouped
  const months = byMonth(past)
  return (
    <>
      <SessionList title={w('list.today')} sessions={today} timed />
      <SessionList title={w('list.coming')} sessions={coming} />
      <Growing items={past} subject={props.subject} more={props.older}>
        {(drawn) =>
          [...byMonth(drawn)].map(([month, sessions]) => (
            <SessionList key={month} title={monthTitle(month)} sessions={sessions} count={months.get(month)?.length} />
          ))
        }
      </Growing>
    </>
  )
}

const monthTitle = (month: string): string => (month === '' ? w('list.noDay') : monthText(`${month}-01` as Day))
