import { compareThai, searchKey } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import type { person } from '#domain/records/person.ts'

type Person = Values<typeof person>

/** A name as it is said and written: นายสมชาย ใจดี, ด.ช. สมชาย ใจดี, Mr Somchai Jaidee. */
export function fullName(person: Person | null | undefined): string {
  if (!person?.givenName) return ''
  return [withTitle(person), person.familyName].filter(Boolean).join(' ')
}

/** Title and given name alone, where space is short. */
function withTitle({ title, givenName = '' }: Person): string {
  if (!title) return givenName
  return /[\u0E01-\u0E4D]$/.test(title) ? `${title}${givenName}` : `${title} ${givenName}`
}

/** Class by class, by seat, then by name: the order of the school's own list. */
export function compareOnRoster(a: Person, b: Person): number {
  return (
    compareThai(a.grade ?? '', b.grade ?? '') ||
    seatOf(a) - seatOf(b) ||
    compareThai(`${a.givenName ?? ''} ${a.familyName ?? ''}`, `${b.givenName ?? ''} ${b.familyName ?? ''}`)
  )
}

const seatOf = ({ seat }: Person) => (seat && /^\d+$/.test(seat) ? Number(seat) : Number.MAX_SAFE_INTEGER)

/** What a search looks in, prepared once for each person. */
export type Searchable = { words: string; seat: string | undefined; number: string | undefined }

export const searchableOf = (person: Person): Searchable => ({
  words: searchKey([person.title, person.givenName, person.familyName, person.nickname].filter(Boolean).join(' ')),
  seat: person.seat,
  number: person.number,
})

/** Names and nickname anywhere, seat exactly, student number from its beginning; nothing wanted finds everybody. */
export function matchesSearch(person: Searchable, wanted: string): boolean {
  const key = searchKey(wanted)
  if (/^\d+$/.test(key)) return person.seat === key || (person.number?.startsWith(key) ?? false)
  return person.words.includes(key)
}
