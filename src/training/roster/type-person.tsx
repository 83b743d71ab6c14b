import { useEffect, useRef, useState } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import { checkNationalId } from '#domain/kernel/national-id.ts'
import { normaliseThai, thaiDigitsToArabic } from '#domain/kernel/thai-text.ts'
import { splitFullName } from '#domain/training/person-name.ts'
import type { RosterPerson } from '#domain/training/roster-import.ts'
import { fullName } from '#domain/training/roster-order.ts'
import { matchRoster, type PlannedPerson, planRoster } from '#domain/training/roster-plan.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { newRecordId } from '../parts/random-id.ts'
import type { PersonView, SessionView } from '../parts/types.ts'
import { useKept } from '../parts/use-kept.ts'
import { w } from '../words.ts'
import { personFacts } from './on-roster.tsx'
import { knownPerson, type PlacePeople, useIdOfNumber } from './use-place-people.ts'
import { useRosterChange } from './use-roster-change.ts'

const empty = { name: '', nickname: '', grade: '', seat: '', number: '' }
type Typed = typeof empty

const label = (field: string) => fieldLabel('person', field)

/** One person by hand. The next one keeps the class, so that a row of children is quickly in. */
export const TypePerson = ({ session, here }: { session: SessionView; here: PlacePeople }) => {
  const change = useRosterChange(session)
  return <PersonForm session={session} here={here} submit={w('type.add')} onAdd={(one) => change.add([one], here)} />
}

/** The fields of a person with who they may already be. `onAdd` answers whether it was saved. */
export const PersonForm = (props: {
  session: SessionView
  here: PlacePeople
  submit: string
  /** What was typed elsewhere, such as in a search. */
  name?: string | undefined
  onAdd: (person: PlannedPerson) => Promise<boolean>
}) => {
  const { session, here } = props
  const kept = useKept<Typed>(`person-new-${session.id}`, { ...empty, name: props.name ?? '' })
  const [tried, setTried] = useState(false)
  const [saving, setSaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const idOfNumber = useIdOfNumber(session.values.place as RecordId)
  const typed = kept.value
  const row = rowOf(typed)
  const problem = problemOf(row)
  const matches = row.givenName ? matchRoster([row], here.known.map(knownPerson), idOfNumber) : []
  const candidate = matches[0]?.candidate
  const like = candidate?.by === 'known' ? here.people.get(candidate.person) : undefined
  const add = async (same: boolean) => {
    setTried(true)
    if (problem || saving) return
    const answers = new Map([[row.line, same ? ('same' as const) : ('different' as const)]])
    const [planned] = planRoster(matches, answers, newRecordId)
    setSaving(true)
    if (planned && (await props.onAdd(planned))) {
      await kept.clear({ ...empty, grade: typed.grade })
      setTried(false)
      form.current?.querySelector('input')?.focus()
    }
    setSaving(false)
  }
  useEffect(() => {
    if (kept.ready) form.current?.querySelector('input')?.focus()
  }, [kept.ready])
  if (!kept.ready) return null
  const field = (name: keyof Typed, max: number) => (
    <TextField
      id={`person-${name}`}
      label={label(name)}
      optional
      maxLength={max}
      value={typed[name]}
      error={name === 'number' && tried && problem === 'national-id' ? w('problem.national-id') : undefined}
      onInput={(text) => kept.set({ [name]: text })}
    />
  )

  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void add(false)
      }}
    >
      <TextField
        id="person-name"
        label={w('type.name')}
        hint={w('type.nameHint')}
        maxLength={240}
        value={typed.name}
        error={tried && problem && problem !== 'national-id' ? w(`problem.${problem}`) : undefined}
        after={row.givenName ? <p class="field__echo">{understood(row)}</p> : undefined}
        onInput={(name) => kept.set({ name })}
      />
      <div class="columns columns--small">
        {field('grade', 40)}
        {field('seat', 10)}
        {field('number', 30)}
        {field('nickname', 60)}
      </div>
      {like && (
        <LikePerson
          person={like}
          onRoster={here.onRoster.has(like.id)}
          certain={candidate?.certain === true}
          onSame={() => void add(true)}
        />
      )}
      <Button type="submit" size="big" icon="user-plus" pending={saving} notYet={row.givenName === ''}>
        {like ? w('type.addOther') : props.submit}
      </Button>
    </form>
  )
}

const LikePerson = (props: { person: PersonView; onRoster: boolean; certain: boolean; onSame: () => void }) => (
  <Notice
    tone="wait"
    icon="users"
    title={props.certain ? w('type.sameName') : w('type.likeName')}
    action={
      !props.onRoster && (
        <Button variant="line" size="small" onClick={props.onSame}>
          {w('type.same')}
        </Button>
      )
    }
  >
    {[fullName(props.person.values), personFacts(props.person.values), props.onRoster && w('type.alreadyIn')]
      .filter(Boolean)
      .join(' · ')}
  </Notice>
)

/** What was typed, as a row of a list of one. */
const rowOf = (typed: Typed): RosterPerson => {
  const clean = (text: string) => thaiDigitsToArabic(normaliseThai(text))
  const [nickname, grade, seat] = [normaliseThai(typed.nickname), clean(typed.grade), clean(typed.seat)]
  const number = clean(typed.number).replace(/\s/g, '')
  return {
    ...splitFullName(typed.name),
    ...(nickname && { nickname }),
    ...(grade && { grade }),
    ...(seat && { seat }),
    ...(number && { number }),
    line: 1,
  }
}

const problemOf = ({ givenName, familyName = '', number }: RosterPerson) => {
  if (givenName === '') return 'no-name'
  if (givenName.length > 120 || familyName.length > 120) return 'too-long'
  return number && checkNationalId(number).ok ? 'national-id' : undefined
}

const understood = ({ title, givenName, familyName }: RosterPerson): string =>
  [
    title && `${label('title')} ${title}`,
    `${label('givenName')} ${givenName}`,
    familyName && `${label('familyName')} ${familyName}`,
  ]
    .filter(Boolean)
    .join(' · ')
