import type { Values } from '#domain/record-kind.ts'
import type { staff } from '#domain/records/staff.ts'
import type { tablet } from '#domain/records/tablet.ts'
import { keysOf } from '#src/capture/widgets/keys.ts'
import type { Names } from '#src/session/names.ts'
import { w } from '../words.ts'

/** Where somebody works, or what a tablet is for: the whole province, one place by name, or how many places. */
export const placesText = (
  { places, wholeProvince }: Pick<Values<typeof staff> | Values<typeof tablet>, 'places' | 'wholeProvince'>,
  names: Names,
  whole: string = w('staff.wholeProvince'),
): string => {
  if (wholeProvince) return whole
  const ids = keysOf(places)
  if (ids.length === 0) return w('staff.noPlace')
  return ids.length === 1 ? names.placeName(ids[0]) : w('staff.placeCount', { n: ids.length })
}
