import type { Change } from './change.ts'
import { dayOfInstant, instantOf } from './kernel/day.ts'
import type { DeviceId } from './kernel/id.ts'

/**
 * What a change of an unsigned kind says of who and when (docs/security.md): the device in place of the person, the day in place of the
 * time. The rest is inside the seal. The order of the log still hints at when.
 */
export const unsignedEnvelope = (device: DeviceId, now: number): Pick<Change, 'author' | 'at' | 'seen'> => ({
  author: device as string as Change['author'],
  at: instantOf(dayOfInstant(now), '00:00'),
  seen: 0,
})
