/**
 * A backup is gzip over lines of text (UTF-8, each ended by a line feed), the same whichever database it came from:
 *
 *   {"bowon-backup":1,"version":…,"takenAt":…}
 *   {"table":"changes","columns":["province",…]}      then its rows, each an array in the order of the columns
 *   …
 *   {"rows":{"changes":…},"sha256":"…"}               over every byte before this line
 */
export const backupFormat = 1

export interface BackupHeader {
  readonly 'bowon-backup': number
  readonly version: string
  /** Milliseconds. */
  readonly takenAt: number
}

export interface TableLine {
  readonly table: string
  readonly columns: readonly string[]
}

export interface BackupEnd {
  readonly rows: Readonly<Record<string, number>>
  readonly sha256: string
}

export type Cell = string | number | null
export type Row = Readonly<Record<string, Cell>>

/** Why a backup cannot be used, in one line for the operator. */
export class UnusableBackup extends Error {}
