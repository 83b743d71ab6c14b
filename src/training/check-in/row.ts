import type { ReadonlySignal } from '@preact/signals'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Mark } from '#domain/training/attendance-time.ts'
import type { Searchable } from '#domain/training/roster-order.ts'

/** What one row shows. A new object only when something of it changed, so that no other row is drawn again. */
export interface RowState {
  readonly came: 'here' | 'other' | undefined
  readonly arrived: number | undefined
  readonly left: number | undefined
  /** Tapped within the last three seconds: it stays where it is. */
  readonly fresh: boolean
  /** The last tap could not be saved. */
  readonly failed: boolean
}

export interface Row {
  readonly id: RecordId
  readonly person: string
  readonly number: string
  /** Class, where the roster has several. */
  readonly group: string
  readonly name: string
  readonly rest: string
  readonly full: string
  readonly search: Searchable
  readonly state: ReadonlySignal<RowState>
  readonly hidden: ReadonlySignal<boolean>
  readonly marks: ReadonlySignal<readonly Mark[]>
  /** Everything above that may alter, in one text: the row is made anew when it does. */
  readonly drawn: string
}

export interface Taker {
  readonly device: string
  readonly taker: string
  readonly count: number
}

export type Filter = 'all' | 'not-yet' | 'came'
