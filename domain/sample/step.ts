import type { FieldSet } from '#domain/change.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { KnownKind } from '#domain/records/index.ts'

/** One change of the invented story. Steps are played in the order of their time. */
export interface Step {
  /** Milliseconds. */
  readonly at: number
  readonly by: StaffId
  /** The tablet or browser that it was written on; null for the server itself. */
  readonly device: DeviceId | null
  readonly kind: KnownKind
  readonly record: RecordId
  /** A function where a number of the log is needed that only playing gives. */
  readonly set: FieldSet | ((numberOf: (record: RecordId) => number) => FieldSet)
  /** Until when the author had read the log; up to this step if absent. */
  readonly knewAt?: number
}

export interface SampleDevice {
  readonly id: DeviceId
  readonly name: string
  readonly people: readonly StaffId[]
}
