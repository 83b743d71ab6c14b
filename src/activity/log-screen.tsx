import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import { activity, type Node } from '#domain/records/activity.ts'
import { Growing } from '#src/capture/growing.tsx'
import { useMayBegin } from '#src/capture/may-write.ts'
import { monthText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { List } from '#src/ui/list.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { ActivityRow } from './activity-row.tsx'
import { DraftRow } from './draft-row.tsx'
import { type Activity, byMonth, countByNode, found, newestFirst, peopleOf } from './log.ts'
import { NodeFilter } from './node-filter.tsx'
import { w } from './words.ts'
import './activity.css'

/** The log of activities: newest first by month, to filter by node and to search. */
export function ActivityLog() {
  const all = useRecords(activity).value
  const mayLog = useMayBegin(activity)
  useEffect(() => {
    document.title = `${w('title')} · ${t('appName')}`
  })
  const log = mayLog && (
    <Button icon="plus" href="/bwr/new">
      {w('log')}
    </Button>
  )
  const empty = all !== null && all.length === 0
  return (
    <main class="page stack" id="content">
      <header class="page-head">
        <h1>{w('title')}</h1>
        {!empty && log}
      </header>
      {mayLog && <DraftRow />}
      {empty && (
        <EmptyState title={w('emptyTitle')} text={w(mayLog ? 'emptyText' : 'emptyRead')}>
          {log}
        </EmptyState>
      )}
      {all && !empty && <Months all={all} />}
    </main>
  )
}

function Months({ all }: { all: readonly Activity[] }) {
  const { names } = useApp()
  const [node, setNode] = useState<Node | 'all'>('all')
  const [text, setText] = useState('')
  const ordered = useMemo(() => newestFirst(all), [all])
  const counts = useMemo(() => countByNode(all), [all])
  const shown = found(ordered, { node, text }, ({ values }) =>
    [names.label('activityType', values.type), names.placeName(values.place), values.facilitator, values.outcome].join(
      ' ',
    ),
  )
  const sums = new Map(
    byMonth(shown).map(({ month, activities }) => [
      month,
      { n: activities.length, people: activities.reduce((sum, one) => sum + peopleOf(one), 0) },
    ]),
  )
  return (
    <>
      <NodeFilter counts={counts} value={node} onChange={setNode} />
      <TextField
        id="search"
        label={w('search')}
        hideLabel
        placeholder={w('search')}
        icon="search"
        type="search"
        clearable
        value={text}
        onInput={setText}
      />
      <p class="visually-hidden" role="status">
        {t('of', { n: shown.length, of: all.length })}
      </p>
      {shown.length === 0 && (
        <div class="stack stack--tight">
          <p class="muted">{text === '' ? w('nothingHere') : w('nothing', { text })}</p>
          <div>
            <Button
              variant="plain"
              size="small"
              onClick={() => {
                setNode('all')
                setText('')
              }}
            >
              {w('showAll')}
            </Button>
          </div>
        </div>
      )}
      <Growing items={shown} subject={`${node} ${text}`}>
        {(some) =>
          byMonth(some).map(({ month, activities }) => (
            <section key={month} aria-labelledby={`month-${month}`}>
              <header class="month">
                <h2 id={`month-${month}`}>{month === '' ? w('noDay') : monthText(`${month}-01` as Day)}</h2>
                <p class="muted small">{w('monthSum', sums.get(month) ?? { n: 0, people: 0 })}</p>
              </header>
              <List>
                {activities.map((one) => (
                  <ActivityRow key={one.id} one={one} />
                ))}
              </List>
            </section>
          ))
        }
      </Growing>
    </>
  )
}
