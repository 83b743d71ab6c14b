import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import { activity, type Node } from '#domain/records/activity.ts'
import { Growing } from '#src/capture/growing.tsx'
import { useMayBegin } from '#src/capture/may-begin.ts'
import { useNewest } from '#src/capture/use-newest.ts'
import { monthText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
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
  const [node, setNode] = useState<Node | 'all'>('all')
  const [text, setText] = useState('')
  const { records, whole, older } = useNewest(activity, { all: node !== 'all' || text !== '' })
  const mayLog = useMayBegin(activity)
  useEffect(() => {
    document.title = `${w('title')} · ${t('appName')}`
  })
  const log = mayLog && (
    <Button icon="plus" href="/bwr/new">
      {w('log')}
    </Button>
  )
  const empty = whole && records?.length === 0
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
      {records && !empty && (
        <Months
          known={records}
          older={whole ? undefined : older}
          wanted={{ node, text }}
          onNode={setNode}
          onText={setText}
        />
      )}
    </main>
  )
}

/** `older` reads more; without it the known ones are all, and are counted. */
function Months(props: {
  known: readonly Activity[]
  older: (() => void) | undefined
  wanted: { node: Node | 'all'; text: string }
  onNode: (node: Node | 'all') => void
  onText: (text: string) => void
}) {
  const { names } = useApp()
  const { known, older, wanted, onNode, onText } = props
  const { node, text } = wanted
  const ordered = useMemo(() => newestFirst(known), [known])
  const counts = useMemo(() => (older ? undefined : countByNode(known)), [known, older === undefined])
  const shown = found(ordered, wanted, ({ values }) =>
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
      <NodeFilter counts={counts} value={node} onChange={onNode} />
      <TextField
        id="search"
        label={w('search')}
        hideLabel
        placeholder={w('search')}
        icon="search"
        type="search"
        clearable
        value={text}
        onInput={onText}
      />
      <p class="visually-hidden" role="status">
        {counts && t('of', { n: shown.length, of: counts.all })}
      </p>
      {shown.length === 0 && !older && (
        <div class="stack stack--tight">
          <p class="muted">{text === '' ? w('nothingHere') : w('nothing', { text })}</p>
          <div>
            <Button
              variant="plain"
              size="small"
              onClick={() => {
                onNode('all')
                onText('')
              }}
            >
              {w('showAll')}
            </Button>
          </div>
        </div>
      )}
      <Growing items={shown} subject={`${node} ${text}`} more={older}>
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
