import type { RecordId } from '#domain/kernel/id.ts'
import { searchKey } from '#domain/kernel/thai-text.ts'
import { likelySamePerson, type SplitName } from './person-name.ts'
import type { RosterPerson } from './roster-import.ts'

/** A person who is already on this tablet. */
export type KnownPerson = SplitName & { id: RecordId; number?: string }

/** Who a row may be: somebody known, or an earlier row of the same list. `certain` when the names are equal. */
type Candidate = { certain: boolean } & ({ by: 'known'; person: RecordId } | { by: 'row'; line: number })

/** A row of a list and who it is: by its student number at once, by its name only if a person says so. */
export type RosterMatch = { row: RosterPerson; numbered: RecordId | null; candidate: Candidate | null }

/** By the line of the row: the same person as its candidate, or somebody else. */
export type Answers = ReadonlyMap<number, 'same' | 'different'>

const WORTH_ASKING = 0.9

type Named = SplitName & { key: string; candidate: Omit<Candidate, 'certain'> }

/**
 * Finds for each row who it may be. A student number decides (`idOfNumber` gives the id under the province's key), so that the same list
 * read twice, or on two tablets, meets the same people; without a number a like name is only proposed.
 */
export function matchRoster(
  rows: readonly RosterPerson[],
  known: readonly KnownPerson[],
  idOfNumber: (number: string) => RecordId,
): RosterMatch[] {
  const byLetter = new Map<string, Named[]>()
  const remember = (name: SplitName, candidate: Named['candidate']) => {
    const named = { ...name, key: wholeKey(name), candidate }
    const letter = firstLetter(name)
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), named])
  }
  for (const person of known) remember(person, { by: 'known', person: person.id } as Named['candidate'])
  return rows.map((row) => {
    const numbered = row.number ? idOfNumber(row.number) : null
    const candidate = numbered ? null : likeliest(row, byLetter.get(firstLetter(row)) ?? [])
    remember(row, { by: 'row', line: row.line } as Named['candidate'])
    return { row, numbered, candidate }
  })
}

const wholeKey = (name: SplitName) => searchKey(`${name.givenName} ${name.familyName ?? ''}`)

/** Names that begin with another letter are not compared: 300 names against 300 would keep a tablet busy for seconds. */
const firstLetter = (name: SplitName) => [...searchKey(name.givenName)][0] ?? ''

function likeliest(row: RosterPerson, names: readonly Named[]): Candidate | null {
  const key = wholeKey(row)
  const equal = names.find((name) => name.key === key)
  if (equal) return { ...equal.candidate, certain: true } as Candidate
  const [best] = names
    .map((name) => ({ name, score: likelySamePerson(row, name) }))
    .filter(({ score }) => score >= WORTH_ASKING)
    .sort((a, b) => b.score - a.score)
  return best ? ({ ...best.name.candidate, certain: false } as Candidate) : null
}

/** What stands until somebody answers: equal names are one person, names that are only alike are asked about. */
export const presumed = (matches: readonly RosterMatch[]): Answers =>
  new Map(matches.flatMap(({ row, candidate }) => (candidate?.certain ? [[row.line, 'same'] as const] : [])))

/** Lines about which somebody still has to say something. */
export const unanswered = (matches: readonly RosterMatch[], answers: Answers): number[] =>
  matches.filter(({ row, candidate }) => candidate && !answers.has(row.line)).map(({ row }) => row.line)

/** One person to be on the roster, and the row that tells most about them. */
export type PlannedPerson = { id: RecordId; row: RosterPerson }

/** The people that the rows stand for, each once, in the order of the list; a row without an answer counts as somebody else. */
export function planRoster(matches: readonly RosterMatch[], answers: Answers, newId: () => RecordId): PlannedPerson[] {
  const people = new Map<RecordId, PlannedPerson>()
  const byLine = new Map<number, RecordId>()
  for (const { row, numbered, candidate } of matches) {
    const same = candidate && answers.get(row.line) === 'same' ? candidate : null
    const matched = same?.by === 'known' ? same.person : same?.by === 'row' ? byLine.get(same.line) : undefined
    const id = numbered ?? matched ?? newId()
    byLine.set(row.line, id)
    if (!people.has(id)) people.set(id, { id, row })
  }
  return [...people.values()]
}
