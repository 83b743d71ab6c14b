import fc from 'fast-check'
import { splitProof } from '#domain/authority/line-proof.ts'
import { readBundle, readSealedFile, sealedFile } from '#domain/bundle.ts'
import { readChange } from '#domain/change.ts'
import { csvLine } from '#domain/kernel/csv.ts'
import { decodeThaiBytes } from '#domain/kernel/thai-decode.ts'
import { readRosterCsv, rosterRows } from '#domain/training/roster-import.ts'
import { matchRoster, planRoster, presumed } from '#domain/training/roster-plan.ts'
import { makeId } from '#test/support/province.ts'
import { texts } from './shapes.ts'

const cells = texts([
  'ชื่อ',
  'นามสกุล',
  'ชื่อ-สกุล',
  'เลขประจำตัว',
  'ชั้น',
  'เลขที่',
  'เด็กหญิง',
  'สมมติ',
  '๑๒๓',
  '"',
  ',',
  ';',
  '\t',
])
const table = fc.array(fc.array(cells, { maxLength: 9 }), { maxLength: 30 }).map((rows) => rows.map(csvLine).join(''))
const torn = fc
  .tuple(table, fc.nat(400), cells)
  .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at + 3))
const bytes = fc.oneof(
  fc.oneof(table, torn).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), table)
    .map(([front, text]) => new Uint8Array([...front, ...new TextEncoder().encode(text)])),
)

/** Takes a file as the import of a roster does, to the last step before it is saved. */
const importRoster = (file: Uint8Array): void => {
  const read = readRosterCsv(decodeThaiBytes(file).text)
  const { good } = rosterRows(read, read.mapping)
  const known = [{ id: makeId(), title: '', givenName: 'สมมติ', familyName: 'สมมติ', number: '123' }]
  const matches = matchRoster(good, known, makeId)
  planRoster(matches, presumed(matches), makeId)
}

const readers: readonly ((file: Uint8Array) => unknown)[] = [
  importRoster,
  (file) => readSealedFile(decodeThaiBytes(file).text),
  (file) => readSealedFile(sealedFile([decodeThaiBytes(file).text])),
  (file) => readBundle(decodeThaiBytes(file).text),
  (file) => readChange(splitProof(decodeThaiBytes(file).text).line),
]

/** Files of every shape to everything that reads one: none may throw. Answers how many were read. */
export const fuzzReaders = ({ seed, files }: { readonly seed: number; readonly files: number }): number => {
  let read = 0
  fc.assert(
    fc.property(bytes, (file) => {
      for (const reader of readers) reader(file)
      read++
    }),
    { seed, numRuns: files },
  )
  return read
}
