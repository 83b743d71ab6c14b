import { useComputed, useSignal } from '@preact/signals'
import { Fragment } from 'preact'
import { t, timeText } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { CheckGrid, CheckRow } from '#src/ui/check-row.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { w } from '../words.ts'
import type { CheckInModel } from './model.ts'
import type { Row, RowState } from './row.ts'

/** Everybody in columns that are read down. Rows that a filter hides are not in the page. */
export const RosterGrid = (props: {
  model: CheckInModel
  onTap: (row: Row) => void
  onWalkIn: (name: string) => void
  rosterPath: string
}) => {
  const { model, onTap } = props
  const rows = model.rows.value
  if (rows.length === 0)
    return (
      <EmptyState title={w('checkIn.empty')} text={w('checkIn.emptyText')}>
        <Button size="big" icon="users" href={props.rosterPath}>
          {w('addPeople')}
        </Button>
        <Button variant="quiet" icon="user-plus" onClick={() => props.onWalkIn('')}>
          {w('checkIn.walkIn')}
        </Button>
      </EmptyState>
    )
  return (
    <>
      <Filters model={model} />
      <CheckGrid label={w('rosterTitle')}>
        {rows.map((row, at) => (
          <Fragment key={row.id}>
            {row.group !== '' && row.group !== rows[at - 1]?.group && (
              <GroupName name={row.group} rows={rows.filter(({ group }) => group === row.group)} />
            )}
            <OneRow row={row} onTap={onTap} />
          </Fragment>
        ))}
      </CheckGrid>
      <Nobody model={model} onWalkIn={props.onWalkIn} />
    </>
  )
}

/** The class above its people, as long as any of them is shown. */
const GroupName = ({ name, rows }: { name: string; rows: readonly Row[] }) => {
  const members = useSignal(rows)
  members.value = rows
  const shown = useComputed(() => members.value.some((row) => !row.hidden.value)).value
  return shown ? <h2 class="check-group">{name}</h2> : null
}

const OneRow = ({ row, onTap }: { row: Row; onTap: (row: Row) => void }) => {
  if (row.hidden.value) return null
  const state = row.state.value
  return (
    <CheckRow
      number={row.number}
      name={row.name}
      rest={row.rest}
      ticked={state.came}
      fresh={state.fresh}
      note={noteOf(state)}
      onToggle={() => onTap(row)}
    />
  )
}

const noteOf = ({ failed, fresh, left, arrived }: RowState): string | undefined => {
  if (failed) return w('checkIn.notSaved')
  if (left !== undefined) return w('checkIn.left', { time: timeText(left) })
  return fresh && arrived !== undefined ? w('checkIn.justNow', { time: timeText(arrived) }) : undefined
}

const Filters = ({ model }: { model: CheckInModel }) => {
  const { here, other, of } = model.came.value
  const came = here + other
  return (
    <div class="check-in__filters">
      <Segmented
        label={w('checkIn.show')}
        options={[
          { value: 'all', label: t('all'), count: of },
          { value: 'not-yet', label: w('checkIn.notYet'), count: of - came },
          { value: 'came', label: w('checkIn.came'), count: came },
        ]}
        value={model.filter.value}
        onChange={(filter) => {
          model.filter.value = filter
        }}
      />
    </div>
  )
}

/** What stands where nobody does: everybody has come, or nobody is called that. */
const Nobody = (props: { model: CheckInModel; onWalkIn: (name: string) => void }) => {
  const { model } = props
  const empty = useComputed(() => model.rows.value.every((row) => row.hidden.value)).value
  if (!empty) return null
  const search = model.search.value.trim()
  if (search === '')
    return <p class="muted">{model.filter.value === 'came' ? w('checkIn.nobodyYet') : w('checkIn.everybody')}</p>
  return (
    <div class="stack stack--tight">
      <p class="muted">{w('nobodyFound', { text: search })}</p>
      {model.filter.value === 'all' ? (
        <Button variant="line" icon="user-plus" onClick={() => props.onWalkIn(/\d/.test(search) ? '' : search)}>
          {w('checkIn.walkIn')}
        </Button>
      ) : (
        <Button
          variant="line"
          onClick={() => {
            model.filter.value = 'all'
          }}
        >
          {w('checkIn.searchAll')}
        </Button>
      )}
    </div>
  )
}
