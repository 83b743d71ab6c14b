import type { StaffId } from '#domain/kernel/id.ts'
import type { Core } from './core.ts'
import { storedIdentity } from './identity.ts'

/** Whether this person is signed in on this tablet, in whichever tab that was altered last. */
export const isHere = async (core: Core, person: StaffId): Promise<boolean> => {
  const identity = (await storedIdentity(core)) ?? core.identity()
  return identity.people.some(({ id }) => id === person)
}
