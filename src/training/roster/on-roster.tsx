import { useState } from 'preact/hooks'
import { marksOf } from '#domain/training/marks.ts'
import { fullName, matchesSearch, searchableOf } from '#domain/training/roster-order.ts'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { List } from '#src/ui/list.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import type { PersonValues, SessionView } from '../parts/types.ts'
import { type RosterEntry, useRoster } from '../parts/use-roster.ts'
import { w } from '../words.ts'
import { useRosterChange } from './use-roster-change.ts'

/** Class, seat and number of a person, as far as they are known. */
export const personFacts = ({ grade, seat, number, nickname }: PersonValues): string =>
  [
    grade,
    seat && w('person.seat', { seat }),
    number && w('person.number', { number }),
    nickname && w('person.nickname', { nickname }),
  ]
    .filter(Boolean)
    .join(' · ')

/** Everybody who is expected; each can be taken off again. */
export const OnRoster = ({ session }: { session: SessionView }) => {
  const roster = useRoster(session).value ?? []
  const [search, setSearch] = useState('')
  const change = useRosterChange(session)
  if (roster.length === 0) return <EmptyState title={w('roster.empty')} text={w('roster.emptyText')} />
  const found = roster.filter(({ person }) => matchesSearch(searchableOf(person?.values ?? {}), search))
  return (
    <div class="stack">
      {roster.length > 12 && (
        <TextField
          id="roster-search"
          label={w('searchPerson')}
          hideLabel
          placeholder={w('searchPerson')}
          type="search"
          icon="search"
          clearable
          value={search}
          onInput={setSearch}
        />
      )}
      {found.length === 0 && <p class="muted">{w('nobodyFound', { text: search })}</p>}
      <List label={w('rosterTitle')}>
        {found.map((entry) => (
          <Row key={entry.attendance.id} entry={entry} onRemove={change.remove} />
        ))}
      </List>
    </div>
  )
}

const Row = (props: { entry: RosterEntry; onRemove: ReturnType<typeof useRosterChange>['remove'] }) => {
  const { attendance, person } = props.entry
  const name = fullName(person?.values) || w('unknownPerson')
  const came = marksOf(attendance.values.marks).some((mark) => !mark.struckBy)
  return (
    <li class="person-row">
      <span class="person-row__text">
        <span class="person-row__name">{name}</span>
        <span class="muted small">{personFacts(person?.values ?? {})}</span>
      </span>
      {came ? (
        <span class="muted small">{w('roster.hasCome')}</span>
      ) : (
        <IconButton
          icon="x"
          label={w('roster.remove', { name })}
          onClick={() => void props.onRemove(attendance.id, name)}
        />
      )}
    </li>
  )
}
