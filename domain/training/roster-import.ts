import { type CsvRow, readCsv } from '#domain/kernel/csv-read.ts'
import { checkNationalId } from '#domain/kernel/national-id.ts'
import { normaliseThai, searchKey, thaiDigitsToArabic } from '#domain/kernel/thai-text.ts'
import { type SplitName, splitFullName, splitTitle } from './person-name.ts'
import { guessMapping, type RosterField, type RosterMapping } from './roster-columns.ts'

export type RosterTable = {
  /** The headers, or 1, 2, 3 … when the file has none. */
  columns: string[]
  rows: CsvRow[]
  mapping: RosterMapping
}

export type RosterPerson = SplitName & {
  nickname?: string
  /** Student number. */
  number?: string
  grade?: string
  seat?: string
  /** Where the person stands in the file, from 1. */
  line: number
}

export type BadRosterRow = {
  line: number
  reason: 'no-name' | 'too-long' | 'line-break' | 'national-id'
  field: RosterField
  cells: string[]
}

/** Two lines of one file that look like one person; nothing is removed, a person decides. */
export type RosterDuplicate = { line: number; sameAs: number; by: 'number' | 'name' }

export type RosterReading = { good: RosterPerson[]; bad: BadRosterRow[]; duplicatesWithin: RosterDuplicate[] }

/** Schools put their own name and the class above the table; the headers are looked for in this many rows. */
const ROWS_ABOVE_TABLE = 10

const LONGEST: Record<RosterField, number> = {
  title: 40,
  givenName: 120,
  familyName: 120,
  fullName: 240,
  nickname: 60,
  number: 30,
  grade: 40,
  seat: 10,
}

/** Reads a class list (CSV text, see `readCsv`), finds its headers and guesses what each column holds. */
export function readRosterCsv(text: string): RosterTable {
  const rows = readCsv(text)
  const guesses = rows.slice(0, ROWS_ABOVE_TABLE).map((row) => guessMapping(row.cells))
  const header = guesses.findIndex((mapping) => (mapping.givenName ?? mapping.fullName) !== undefined)
  if (header >= 0) {
    const columns = rows[header]?.cells.map(normaliseThai) ?? []
    return { columns, rows: rows.slice(header + 1), mapping: guesses[header] ?? {} }
  }
  const width = rows.reduce((widest, row) => Math.max(widest, row.cells.length), 0)
  return { columns: Array.from({ length: width }, (_, column) => String(column + 1)), rows, mapping: {} }
}

/** Turns rows into people by a mapping (the guess, or what a person made of it). Blank rows are passed over. */
export function rosterRows(table: Pick<RosterTable, 'rows'>, mapping: RosterMapping): RosterReading {
  const good: RosterPerson[] = []
  const bad: BadRosterRow[] = []
  for (const row of table.rows.filter(({ cells }) => cells.some((cell) => normaliseThai(cell) !== ''))) {
    const problem = problemOf(row, mapping)
    const person = personOf(row, mapping)
    if (problem) bad.push({ line: row.line, ...problem, cells: row.cells })
    else if (person.givenName === '')
      bad.push({ line: row.line, reason: 'no-name', field: nameField(mapping), cells: row.cells })
    else good.push(person)
  }
  return { good, bad, duplicatesWithin: findDuplicates(good) }
}

const nameField = (mapping: RosterMapping) => (mapping.fullName === undefined ? 'givenName' : 'fullName')

function cellOf(row: CsvRow, mapping: RosterMapping, field: RosterField): string {
  return normaliseThai(row.cells[mapping[field] ?? -1] ?? '')
}

function problemOf(row: CsvRow, mapping: RosterMapping): Pick<BadRosterRow, 'reason' | 'field'> | undefined {
  for (const field of Object.keys(mapping) as RosterField[]) {
    const cell = cellOf(row, mapping, field)
    if (cell.length > LONGEST[field]) return { reason: 'too-long', field }
    if (/[\r\n]/.test(cell)) return { reason: 'line-break', field }
    // A citizen's number says far more about a child than a student number, and a roster has no need of it.
    if (field === 'number' && checkNationalId(cell).ok) return { reason: 'national-id', field }
  }
  return undefined
}

function personOf(row: CsvRow, mapping: RosterMapping): RosterPerson {
  const cell = (field: RosterField) => cellOf(row, mapping, field)
  const code = (field: RosterField) => thaiDigitsToArabic(cell(field))
  const name = nameOf(cell)
  const title = cell('title') || name.title
  const familyName = cell('familyName') || name.familyName
  return {
    ...(title && { title }),
    givenName: name.givenName,
    ...(familyName && { familyName }),
    ...(cell('nickname') && { nickname: cell('nickname') }),
    ...(cell('number') && { number: code('number').replace(/\s/g, '') }),
    ...(cell('grade') && { grade: code('grade') }),
    ...(cell('seat') && { seat: code('seat') }),
    line: row.line,
  }
}

function nameOf(cell: (field: RosterField) => string): SplitName {
  const given = cell('givenName')
  if (given === '') return splitFullName(cell('fullName'))
  // With its title in a cell of its own, a name may begin like one: นางฟ้า.
  if (cell('title')) return { givenName: given }
  const { title, rest } = splitTitle(given)
  return { ...(title && { title }), givenName: rest }
}

function findDuplicates(people: readonly RosterPerson[]): RosterDuplicate[] {
  const byNumber = new Map<string, RosterPerson>()
  const byName = new Map<string, RosterPerson[]>()
  const duplicates: RosterDuplicate[] = []
  for (const person of people) {
    const name = searchKey(`${person.givenName} ${person.familyName ?? ''}`)
    const namesakes = byName.get(name) ?? []
    const sameNumber = person.number === undefined ? undefined : byNumber.get(person.number)
    // Two numbers are two people, whatever they are called.
    const sameName = namesakes.find((other) => !person.number || !other.number)
    if (sameNumber) duplicates.push({ line: person.line, sameAs: sameNumber.line, by: 'number' })
    else if (sameName) duplicates.push({ line: person.line, sameAs: sameName.line, by: 'name' })
    if (person.number !== undefined && !sameNumber) byNumber.set(person.number, person)
    byName.set(name, [...namesakes, person])
  }
  return duplicates
}
