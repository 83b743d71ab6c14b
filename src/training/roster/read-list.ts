import { decodeThaiBytes } from '#domain/kernel/thai-decode.ts'
import { type RosterTable, readRosterCsv } from '#domain/training/roster-import.ts'

const mostBytes = 2_000_000
const mostRows = 3000

export interface ReadList {
  readonly name: string
  readonly encoding: 'utf-8' | 'windows-874'
  readonly table: RosterTable
}

export type ListProblem = 'too-large' | 'too-many-rows' | 'excel' | 'pdf' | 'empty' | 'unreadable'

/** Reads a class list. Bounded before it is parsed; a spreadsheet that was not saved as CSV is named for what it is. */
export const readList = async (file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ReadList | ListProblem> => {
  if (file.size > mostBytes) return 'too-large'
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return 'unreadable'
  }
  const begins = (...signs: number[]) => signs.every((sign, at) => bytes[at] === sign)
  if (begins(0x50, 0x4b, 3, 4) || begins(0xd0, 0xcf, 0x11, 0xe0)) return 'excel'
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'pdf'
  const { text, encoding } = decodeThaiBytes(bytes)
  if (text.includes('\0')) return 'unreadable'
  const table = readRosterCsv(text)
  if (table.rows.length === 0) return 'empty'
  return table.rows.length > mostRows ? 'too-many-rows' : { name: file.name, encoding, table }
}
