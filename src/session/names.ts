import { computed, type ReadonlySignal } from '@preact/signals'
import type { KeyedSet } from '#domain/fields/keyed-set.ts'
import { codeListId } from '#domain/kernel/id.ts'
import { own } from '#domain/kernel/own.ts'
import { compareThai } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import { codeList } from '#domain/records/code-list.ts'
import { place } from '#domain/records/place.ts'
import { staff } from '#domain/records/staff.ts'
import { locale } from '#src/i18n/locale.ts'
import type { Soon, Store } from '#src/store/store.ts'
import type { RecordView } from '#src/store/types.ts'

type Items = NonNullable<Values<typeof codeList>['items']>
type Parts = Items extends KeyedSet<infer P> ? P : never
export type ListItem = { readonly code: string; readonly label: string } & Partial<Parts>

/** Names of what records refer to: places, staff and codes. They are few, and every screen shows them; withdrawn ones keep their name. */
export interface Names {
  /** All of them have been read. Until then names are `…` and choices are empty. */
  readonly ready: ReadonlySignal<boolean>
  readonly places: ReadonlySignal<readonly RecordView<Values<typeof place>>[]>
  readonly staff: ReadonlySignal<readonly RecordView<Values<typeof staff>>[]>
  place(id: string | undefined): RecordView<Values<typeof place>> | undefined
  placeName(id: string | undefined): string
  staffName(id: string | undefined): string
  /** The codes of a list that are in use, in their order. */
  items(list: string): readonly ListItem[]
  /** The label of a code, retired ones included; the code itself when the list is not here. */
  label(list: string, code: string | undefined): string
}

const all = { withdrawn: true }

/** What names are made of. */
export const nameQuestions: Soon = [
  [place, all],
  [staff, all],
  [codeList, all],
]

export const createNames = (store: Store): Names => {
  const places = store.live(place, all)
  const people = store.live(staff, all)
  const lists = store.live(codeList, all)
  const inUse = <V>(all: readonly RecordView<V>[] | null) => (all ?? []).filter((one) => one.withdrawn === null)
  const byName = (all: readonly RecordView<{ name?: string }>[]) =>
    [...all].sort((a, b) => compareThai(a.values.name ?? '', b.values.name ?? ''))
  const sortedPlaces = computed(() => byName(inUse(places.value)) as RecordView<Values<typeof place>>[])
  const placeById = computed(() => new Map((places.value ?? []).map((one) => [one.id as string, one])))
  const staffById = computed(() => new Map((people.value ?? []).map((one) => [one.id as string, one])))
  const listById = computed(() => new Map((lists.value ?? []).map((one) => [one.id as string, one.values.items ?? {}])))

  const labelOf = (item: Items[string] | undefined, code: string) =>
    (locale() === 'en' ? (item?.en ?? item?.th) : (item?.th ?? item?.en)) ?? code
  const entries = (list: string) => listById.value.get(codeListId(list)) ?? {}
  const itemOf = (list: string, code: string) => own(entries(list), code)

  return {
    ready: computed(() => places.value !== null && people.value !== null && lists.value !== null),
    places: sortedPlaces,
    staff: computed(() => byName(inUse(people.value)) as RecordView<Values<typeof staff>>[]),
    place: (id) => (id === undefined ? undefined : placeById.value.get(id)),
    placeName: (id) => (id === undefined ? '' : (placeById.value.get(id)?.values.name ?? '…')),
    staffName: (id) => (id === undefined ? '' : (staffById.value.get(id)?.values.name ?? '…')),
    items: (list) =>
      Object.entries(entries(list))
        .filter(([, item]) => !item.retired)
        .sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
        .map(([code, { on: _, ...item }]) => ({ ...item, code, label: labelOf(item, code) }) as ListItem),
    label: (list, code) => (code === undefined ? '' : labelOf(itemOf(list, code), code)),
  }
}
