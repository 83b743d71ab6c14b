import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { dayOfInstant, isDay } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { failureText } from '#src/i18n/failure.ts'
import { dayText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import type { DeskNews } from './desk-state.ts'
import { KeyGate } from './gate.tsx'
import { Head } from './head.tsx'
import { openComplaint } from './opening.ts'
import { type InboxRow, inboxRows, isOngoing, matches } from './rows.ts'
import { opened, unlocked } from './unlocked.ts'
import { w } from './words.ts'

const filters = ['open', 'late', 'all'] as const
type Filter = (typeof filters)[number]
const page = 60

/** What has come in. Days and states are clear; what a complaint is about shows only after it has been opened here. */
export const Inbox = ({ news }: { news: DeskNews }) => {
  const { names, syncNow } = useApp()
  const complaints = useRecords(complaint).value
  const cases = useRecords(complaintCase).value
  const { query } = useLocation()
  const filter = useSignal<Filter>(filters.find((one) => one === query.show) ?? 'open')
  const search = useSignal('')
  const shown = useSignal(page)
  useEffect(syncNow, [])
  const urgent = new Set(
    names
      .items('rightsCategory')
      .filter((item) => item.urgent)
      .map(({ code }) => code),
  )
  const rows = inboxRows(
    complaints ?? [],
    cases ?? [],
    opened.value,
    (code) => urgent.has(code),
    dayOfInstant(Date.now()),
  )
  const parts = {
    open: rows.filter(isOngoing),
    late: rows.filter((row) => row.late > 0),
    all: rows,
  }
  const visible = parts[filter.value].filter((row) =>
    matches(row, search.value, ({ summary }) => names.label('rightsCategory', summary?.category)),
  )
  const left = visible.length - shown.value

  return (
    <main class="page stack" id="content">
      <Head title={w('title')} />
      <KeyGate news={news}>
        <OpenAll rows={parts.open.filter((row) => row.summary === null)} />
      </KeyGate>
      {complaints?.length === 0 && <EmptyState title={w('inbox.empty')} text={w('inbox.emptyText')} />}
      {rows.length > 0 && (
        <>
          <div class="desk-tools">
            <Segmented
              label={w('inbox.label')}
              options={filters.map((value) => ({
                value,
                label: w(`inbox.${value}`),
                count: parts[value].length,
              }))}
              value={filter.value}
              onChange={(next) => {
                filter.value = next
              }}
            />
            {unlocked.value && (
              <TextField
                id="desk-search"
                label={w('inbox.search')}
                hideLabel
                placeholder={w('inbox.search')}
                icon="search"
                clearable
                value={search.value}
                onInput={(text) => {
                  search.value = text
                }}
              />
            )}
          </div>
          {visible.length === 0 ? (
            <EmptyState art={false} title={w('inbox.nothing')} text={w('inbox.nothingText')} />
          ) : (
            <List label={w('title')}>
              {visible.slice(0, shown.value).map((row) => (
                <Row key={row.view.id} row={row} />
              ))}
            </List>
          )}
          {left > 0 && (
            <Button
              variant="quiet"
              onClick={() => {
                shown.value += page
              }}
            >
              {w('inbox.more', { n: left })}
            </Button>
          )}
        </>
      )}
      <p>
        <Button variant="line" size="small" icon="key" href="/desk/keys">
          {w('keysLink')}
        </Button>
      </p>
    </main>
  )
}

const Row = ({ row }: { row: InboxRow }) => {
  const { names } = useApp()
  const { summary, view } = row
  const { receivedOn } = view.values
  const category = summary?.category && names.label('rightsCategory', summary.category)
  const place = [names.label('district', summary?.district), summary?.where].filter(Boolean).join(' · ')
  const title = summary
    ? summary.readable
      ? category || w('inbox.noCategory')
      : w('inbox.problem')
    : w('inbox.sealed')
  return (
    <ListRow
      href={`/desk/${view.id}`}
      plain={row.ended}
      seat={<Icon name={summary ? 'file-text' : 'mail-seal'} />}
      title={
        <>
          {row.urgent && (
            <span class="desk-urgent">
              <Icon name="alarm" size={20} />
              {w('inbox.urgent')}
            </span>
          )}
          {title}
        </>
      }
      second={
        <>
          {row.conflicting && (
            <span class="desk-mark">
              <Icon name="git-branch" size={20} />
              {w('inbox.conflicting')}
            </span>
          )}
          {row.fault && (
            <span class="desk-mark desk-mark--need">
              <Icon name="alert-circle" size={20} />
              {w(`rule.mark.${row.fault}`)}
            </span>
          )}
          {isDay(receivedOn) && <span>{w('inbox.received', { day: dayText(receivedOn, 'medium') })}</span>}
          {place && <span>{place}</span>}
          <span>{names.label('complaintStatus', row.state)}</span>
        </>
      }
      meta={
        row.late > 0 ? (
          <span class="desk-late">{w('inbox.lateBy', { n: row.late })}</span>
        ) : row.next && !row.ended ? (
          w('inbox.next', { day: dayText(row.next, 'short') })
        ) : undefined
      }
    />
  )
}

/** Danger can be known only by opening, so everything new is opened in one go; each opening is written down. */
const OpenAll = ({ rows }: { rows: readonly InboxRow[] }) => {
  const { api } = useApp()
  const done = useSignal<{ n: number; of: number } | null>(null)
  const problem = useSignal<Failure | null>(null)
  if (rows.length === 0 && !problem.value) return null
  const openAll = async () => {
    if (done.value) return
    problem.value = null
    done.value = { n: 0, of: rows.length }
    for (const [at, row] of rows.entries()) {
      if (!unlocked.peek()) break
      const answer = await openComplaint(api, row.view)
      if (!answer.ok) {
        problem.value = answer.failure
        break
      }
      done.value = { n: at + 1, of: rows.length }
    }
    done.value = null
  }
  return (
    <section class="desk-panel">
      <div class="spread">
        <p class="desk-panel__words">{w('inbox.openAllText')}</p>
        <Button icon="mail-seal" pending={done.value !== null} onClick={() => void openAll()}>
          {w('inbox.openAll', { n: rows.length })}
        </Button>
      </div>
      <p class="small muted" role="status">
        {done.value && w('inbox.opening', done.value)}
      </p>
      {problem.value && (
        <Notice tone="need">{problem.value.code === 'unavailable' ? w('offline') : failureText(problem.value)}</Notice>
      )}
    </section>
  )
}
