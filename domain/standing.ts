import type { Values } from './record-kind.ts'
import type { staff } from './records/staff.ts'
import { isRole, type Standing } from './roles.ts'
import type { View } from './view.ts'

/** What a member of staff may do, read off their public record. Somebody withdrawn or no longer active may do nothing. */
export const standingOf = (record: View<Values<typeof staff>>): Standing => {
  const { roles, places, wholeProvince, active } = record.values
  if (record.withdrawn || active === false) return { staff: record.id, roles: [], places: [] }
  return {
    staff: record.id,
    roles: Object.keys(roles ?? {}).filter(isRole),
    places: wholeProvince ? ['*'] : Object.keys(places ?? {}),
  }
}
