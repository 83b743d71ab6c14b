import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { type Head, type LogRow, logCheck } from '../verify/log-check.ts'
import {
  type BackupEnd,
  type BackupHeader,
  backupFormat,
  type Cell,
  type Row,
  type TableLine,
  UnusableBackup,
} from './format.ts'

export interface Checked {
  readonly heads: readonly Head[]
  readonly rows: Readonly<Record<string, number>>
  readonly header: BackupHeader
}

/**
 * Reads a backup row by row and checks all of it on the way: the hash over its bytes, the number of rows, and that every province's log is one
 * unbroken chain up to its head. Throws `UnusableBackup`; whoever used the rows meanwhile must then undo that.
 */
export const readBackup = async (
  file: string,
  use: (table: TableLine, row: Row) => Promise<void> | void,
): Promise<Checked> => {
  const hash = createHash('sha256')
  const counted: Record<string, number> = {}
  const log = logCheck()
  const heads: Head[] = []
  let header: BackupHeader | null = null
  let table: TableLine | null = null
  let end: BackupEnd | null = null
  for await (const line of linesIn(file)) {
    if (end) throw new UnusableBackup('The backup goes on after its end.')
    const value = parse(line)
    if (!header) {
      header = readHeader(value)
    } else if (Array.isArray(value)) {
      if (!table) throw new UnusableBackup('The backup has a row without a table.')
      const row = rowOf(table, value as Cell[])
      counted[table.table] = (counted[table.table] ?? 0) + 1
      if (table.table === 'provinces') heads.push(row as unknown as Head)
      if (table.table === 'changes') refuseBroken(log.see(row as unknown as LogRow))
      await use(table, row)
    } else if ('sha256' in value) {
      end = value as BackupEnd
      continue
    } else {
      table = value as TableLine
      counted[table.table] ??= 0
    }
    hash.update(`${line}\n`)
  }
  if (!end || !header) throw new UnusableBackup('The backup is not whole: its end is missing.')
  if (end.sha256 !== hash.digest('hex'))
    throw new UnusableBackup('The backup was altered or damaged: its hash is another one.')
  for (const [name, rows] of Object.entries(end.rows)) {
    if (counted[name] !== rows)
      throw new UnusableBackup(`The backup has ${counted[name] ?? 0} of ${rows} rows of ${name}.`)
  }
  refuseBroken(log.finish(heads))
  return { heads, rows: counted, header }
}

export const checkBackup = (file: string): Promise<Checked> => readBackup(file, () => undefined)

const refuseBroken = (fault: string | null) => {
  if (fault) throw new UnusableBackup(`The backup cannot be used. ${fault}`)
}

const readHeader = (value: object): BackupHeader => {
  const header = value as Partial<BackupHeader>
  if (header['bowon-backup'] === undefined) throw new UnusableBackup('This file is not a backup of Bowon.')
  if (header['bowon-backup'] !== backupFormat) {
    throw new UnusableBackup(`The backup has format ${header['bowon-backup']}, this version reads ${backupFormat}.`)
  }
  return header as BackupHeader
}

const parse = (line: string): object => {
  try {
    const value: unknown = JSON.parse(line)
    if (value !== null && typeof value === 'object') return value
  } catch {
    // said below
  }
  throw new UnusableBackup('This file is not a backup of Bowon, or it is damaged.')
}

const rowOf = ({ table, columns }: TableLine, cells: readonly Cell[]): Row => {
  if (cells.length !== columns.length) throw new UnusableBackup(`The backup has a damaged row of ${table}.`)
  return Object.fromEntries(columns.map((column, i) => [column, cells[i]!]))
}

/** Only a line feed ends a line: readline would also split at U+2028, which may stand in what people wrote. */
async function* linesIn(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const packed = createReadStream(file)
  const unpacked = packed.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip())
  let rest = ''
  try {
    for await (const chunk of unpacked) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop()!
      yield* lines
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES') throw new UnusableBackup(`The backup cannot be read (${code}).`)
    if (code?.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new UnusableBackup(`This file is not a backup of Bowon, or it is damaged (${message}).`)
    }
    throw error
  }
  if (rest !== '') throw new UnusableBackup('The backup is not whole: its last line is cut.')
}
