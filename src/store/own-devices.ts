import type { DeviceId } from '#domain/kernel/id.ts'
import { limits } from '#domain/limits.ts'
import type { Identity } from './identity-types.ts'

/** As whom a change is sent: its device, and the credential that proves it; null before the device is registered. */
export interface Sender {
  readonly device: DeviceId
  readonly credential: string | null
  /** This tablet was that device until it learnt that it had been copied. */
  readonly former: boolean
}

/** Under which of this tablet's devices a change is, or will be, in the log. Told by its number alone: lines do not name their device. */
export const senderOf = ({ device, credential, former = [] }: Identity, n: number): Sender => {
  const owner = former.find((one) => n <= one.upTo && !one.moved.includes(n))
  return owner ? { ...owner, former: true } : { device, credential, former: false }
}

/** Every device that this tablet is or was. */
export const ownDevices = ({ device, former = [] }: Identity): readonly DeviceId[] => [
  device,
  ...former.map((one) => one.device),
]

/** How a sign-in names what this tablet was before, with what proves it. */
export const formerClaim = ({ former = [] }: Identity) => {
  const earlier = former.map(({ device, credential, slip }) => ({ id: device, credential, ...(slip && { slip }) }))
  const follows = earlier.pop()
  return follows && { follows, ...(earlier.length > 0 && { earlier: earlier.slice(-limits.formerDevices) }) }
}
