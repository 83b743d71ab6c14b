import type { ChangeTable, RecordTable } from './schema.ts'

export type ProvinceHead = {
  readonly id: string
  seq: number
  chain: string
  epoch: string
  readonly doubt: string | null
}
export type KnownNumber = Pick<ChangeTable, 'n' | 'seq' | 'digest' | 'stamp'>

/** A part of the records, in the order of (seq, id). */
export interface PageOf {
  readonly province: string
  /** Records after this place: those of a greater number, and of the same number those with a greater id. */
  readonly after: { readonly seq: number; readonly id?: string | undefined }
  /** Every scope but `hidden`, or those in `keys`; never those in `without`. */
  readonly everyPlace: boolean
  readonly hidden: string
  readonly keys: readonly string[]
  readonly without: readonly string[]
  /** No record of these kinds, but the one with the id `own`. */
  readonly closed: readonly string[]
  readonly own: string
  /** UTF-8 bytes of bodies; the row that passes the bound is the last. */
  readonly bytes: number
}
/** The body as bytes of UTF-8: it is told on as it lies, and to make a text of it would cost more than all the rest of a reading. */
export type PageRow = Pick<RecordTable, 'id' | 'seq' | 'whole_from'> & { readonly body: Uint8Array }

/**
 * The few statements that carry almost all of the traffic, prepared and in bulk; everything else is written with Kysely. Both
 * implementations run within the same transaction as the Kysely beside them.
 */
export interface HotPath {
  /** Locks the province's counter until the end of the transaction (law 3). */
  lockProvince(id: string): Promise<ProvinceHead | undefined>
  /** What the log has of these changes of a device. */
  findNumbers(province: string, device: string, ns: readonly number[]): Promise<KnownNumber[]>
  findRecords(province: string, ids: readonly string[]): Promise<RecordTable[]>
  /** Ids of the records that stand under any of these. */
  findChildren(province: string, parents: readonly string[]): Promise<string[]>
  insertChanges(rows: readonly ChangeTable[]): Promise<void>
  upsertRecords(rows: readonly RecordTable[]): Promise<void>
  readPage(page: PageOf): Promise<PageRow[]>
}

export const changeColumns = [
  'province',
  'seq',
  'device',
  'n',
  'digest',
  'chain',
  'stamp',
  'base',
  'received_at',
  'proven',
  'record',
  'line',
  'proof',
] as const satisfies readonly (keyof ChangeTable)[]

export const recordColumns = [
  'province',
  'id',
  'kind',
  'seq',
  'scope',
  'parent',
  'whole_from',
  'place',
  'day',
  'body',
] as const satisfies readonly (keyof RecordTable)[]
