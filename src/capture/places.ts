import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import type { place } from '#domain/records/place.ts'
import { readsEveryPlace, type Standing } from '#domain/roles.ts'
import type { Names } from '#src/session/names.ts'
import type { RecordView } from '#src/store/types.ts'
import type { PickOption } from './pick.ts'
import { w } from './words.ts'

type PlaceView = RecordView<Values<typeof place>>

/** The places that a person may write at, their own apart: the ones their public record names, also when they may use every place. */
export const usablePlaces = (
  all: readonly PlaceView[],
  standing: Standing,
  named: Readonly<Record<string, unknown>> = {},
): { readonly mine: readonly PlaceView[]; readonly others: readonly PlaceView[] } => {
  const everywhere = readsEveryPlace(standing)
  const own = new Set([...standing.places, ...(everywhere ? Object.keys(named) : [])])
  const mine = all.filter(({ id }) => own.has(id))
  return { mine, others: everywhere ? all.filter(({ id }) => !own.has(id)) : [] }
}

/** ต.บ้านแปะ */
export const subdistrictOf = (names: Names, { values }: PlaceView): string =>
  values.subdistrict ? w('subdistrict', { name: names.label('subdistrict', values.subdistrict) }) : ''

/** ต.บ้านแปะ อ.จอมทอง */
export const whereabouts = (names: Names, place: PlaceView): string =>
  [
    subdistrictOf(names, place),
    place.values.district && w('district', { name: names.label('district', place.values.district) }),
  ]
    .filter(Boolean)
    .join(' ')

/** What the place picker offers: one's own first, then the others by name. */
export const placeOptions = (names: Names, standing: Standing): readonly PickOption[] => {
  const staff = names.staff.value.find(({ id }) => id === (standing.staff as RecordId))
  const { mine, others } = usablePlaces(names.places.value, standing, staff?.values.places)
  const option = (group: string | undefined) => (one: PlaceView) => ({
    value: one.id,
    label: one.values.name ?? w('kinds.unnamed'),
    second: whereabouts(names, one) || undefined,
    group,
  })
  const apart = mine.length > 0 && others.length > 0
  return [
    ...mine.map(option(apart ? w('pick.mine') : undefined)),
    ...others.map(option(apart ? w('pick.others') : undefined)),
  ]
}
