import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { compressedValues, logRecords, tableBlocks } from './leveldb.ts'
import { isSqlite, sqliteValues } from './sqlite-values.ts'
import { zstdFrames } from './zstd.ts'

/** How a text may lie in a file. `mojibake` is UTF-8 that was read as Latin-1 and written as UTF-8 again. */
const encodings = {
  utf8: (text: string) => Buffer.from(text, 'utf8'),
  utf16: (text: string) => Buffer.from(text, 'utf16le'),
  mojibake: (text: string) => Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8'),
  escaped: (text: string) =>
    Buffer.from([...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
  percent: (text: string) => Buffer.from(encodeURIComponent(text)),
} as const satisfies Record<string, (text: string) => Buffer>

export interface Find {
  readonly word: string
  readonly file: string
  readonly as: keyof typeof encodings
  /** Whether it lay there as it is, or only after tables and values were decompressed. */
  readonly decoded: boolean
}

/**
 * Looks for words in every file of a folder: raw, and in what LevelDB tables, LevelDB logs, SQLite files and compressed IndexedDB values hold. A plain
 * search finds next to nothing even when everything is there, so a test that finds nothing must find its positive controls first.
 */
export const findWords = (folder: string, words: readonly string[]): Find[] =>
  filesIn(folder).flatMap((file) => {
    const raw = readIfThere(file)
    if (raw === null) return []
    const name = relative(folder, file)
    const found = search(raw, words, name, false)
    return [...found, ...decodedParts(file, raw).flatMap((part) => search(part, words, name, true))]
  })

/** The same in one text, such as what a server printed. */
export const findInText = (text: string, words: readonly string[]): Find[] =>
  search(Buffer.from(text), words, 'text', false)

const search = (bytes: Buffer, words: readonly string[], file: string, decoded: boolean): Find[] =>
  words.flatMap((word) =>
    (Object.keys(encodings) as (keyof typeof encodings)[])
      .filter((as) => bytes.includes(encodings[as](word)))
      .map((as) => ({ word, file, as, decoded })),
  )

const decodedParts = (file: string, raw: Buffer): Buffer[] => {
  const isLevelDb = existsSync(join(dirname(file), 'CURRENT'))
  const parts = !isLevelDb
    ? isSqlite(raw)
      ? sqliteValues(file)
      : []
    : /\.(ldb|sst)$/.test(file)
      ? tableBlocks(raw)
      : file.endsWith('.log')
        ? [logRecords(raw)]
        : []
  return [...parts, ...[raw, ...parts].flatMap((part) => [...compressedValues(part), ...zstdFrames(part)])]
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))

/** A running browser deletes files while they are listed. */
const readIfThere = (file: string): Buffer | null => {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}
