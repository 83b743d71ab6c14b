import { useState } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import { fullName, matchesSearch, searchableOf } from '#domain/training/roster-order.ts'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { Checkbox } from '#src/ui/checkbox.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import { personFacts } from './on-roster.tsx'
import type { PlacePeople } from './use-place-people.ts'
import { useRosterChange } from './use-roster-change.ts'

const everyGrade = ''

/** People of the place who were here before: found by name or class, several at a time. */
export const KnownPeople = ({ session, here }: { session: SessionView; here: PlacePeople }) => {
  const [search, setSearch] = useState('')
  const [grade, setGrade] = useState(everyGrade)
  const [chosen, setChosen] = useState<ReadonlySet<RecordId>>(new Set())
  const [saving, setSaving] = useState(false)
  const change = useRosterChange(session)
  const free = here.known.filter(({ id }) => !here.onRoster.has(id))
  const grades = [...new Set(free.flatMap(({ values }) => values.grade ?? []))]
  const found = free.filter(
    ({ values }) => (grade === everyGrade || values.grade === grade) && matchesSearch(searchableOf(values), search),
  )
  const allChosen = found.length > 0 && found.every(({ id }) => chosen.has(id))
  const toggle = (id: RecordId) => setChosen(chosen.has(id) ? without(chosen, [id]) : new Set([...chosen, id]))
  const toggleAll = () => {
    const ids = found.map(({ id }) => id)
    setChosen(allChosen ? without(chosen, ids) : new Set([...chosen, ...ids]))
  }
  const add = async () => {
    setSaving(true)
    if (await change.choose([...chosen], here)) setChosen(new Set())
    setSaving(false)
  }
  if (free.length === 0)
    return <EmptyState title={w('known.none')} text={here.known.length > 0 ? w('known.allIn') : w('known.noneText')} />

  return (
    <div class="stack">
      <TextField
        id="known-search"
        label={w('searchPerson')}
        hideLabel
        placeholder={w('searchPerson')}
        type="search"
        icon="search"
        clearable
        value={search}
        onInput={setSearch}
      />
      {grades.length > 1 && (
        <ChipChoice
          id="known-grade"
          label={w('known.grade')}
          hideLabel
          shown={8}
          options={[
            { value: everyGrade, label: t('all') },
            ...grades.map((value) => ({ value: value as string, label: value as string })),
          ]}
          value={grade}
          onChange={setGrade}
        />
      )}
      {found.length === 0 ? (
        <p class="muted">{w('nobodyFound', { text: search })}</p>
      ) : (
        <>
          <div class="spread">
            <p class="muted">{w('known.found', { n: found.length })}</p>
            <Button variant="quiet" size="small" onClick={toggleAll}>
              {allChosen ? w('known.chooseNone') : w('known.chooseAll', { n: found.length })}
            </Button>
          </div>
          <fieldset class="known-list">
            <legend class="visually-hidden">{w('roster.known')}</legend>
            {found.map(({ id, values }) => (
              <Checkbox
                key={id}
                id={`known-${id}`}
                label={fullName(values)}
                hint={personFacts(values)}
                checked={chosen.has(id)}
                onChange={() => toggle(id)}
              />
            ))}
          </fieldset>
        </>
      )}
      {chosen.size > 0 && (
        <div class="stick-foot">
          <Button size="big" full pending={saving} onClick={add}>
            {w('known.add', { n: chosen.size })}
          </Button>
        </div>
      )}
    </div>
  )
}

const without = (all: ReadonlySet<RecordId>, ids: readonly RecordId[]): Set<RecordId> =>
  new Set([...all].filter((id) => !ids.includes(id)))
