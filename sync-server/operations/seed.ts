import type { FieldSet } from '#domain/change.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { codeListId, derivedId, type RecordId } from '#domain/kernel/id.ts'
import type { KnownKind } from '#domain/records/index.ts'
import districts from '#domain/seed/chiang-mai-districts.json' with { type: 'json' }
import lists from '#domain/seed/code-lists.json' with { type: 'json' }

/** A record as it begins. */
export interface Seed {
  readonly kind: KnownKind
  readonly record: RecordId
  readonly set: FieldSet
}

type Item = Readonly<Record<string, Json>> & { readonly code: string }

/** Modules belong to the curriculum, which also says how long they are. */
const modulesList = 'curriculumModule'
const threshold = 180

const itemsOf = (items: readonly Item[]): FieldSet =>
  Object.fromEntries(items.map(({ code, ...parts }, order) => [code, { on: true, order, ...parts }]))

const list = (name: string, note: string, items: readonly Item[]): Seed => ({
  kind: 'code-list',
  record: codeListId(name),
  set: { name, note, items: itemsOf(items) },
})

const asItems = (items: readonly object[]) => items as readonly Item[]

const defaultCurriculum = (): Seed => ({
  kind: 'curriculum',
  record: derivedId('curriculum', 'default'),
  set: {
    name: 'หลักสูตรสิทธิมนุษยชน 3 ชั่วโมง',
    thresholdMinutes: threshold,
    requireAllModules: false,
    modules: itemsOf(asItems(lists[modulesList].items)),
  },
})

/** What every province begins with, all of it editable: code lists, districts and sub-districts, the curriculum. */
export const seeds = (): Seed[] => [
  ...Object.entries(lists)
    .filter(([name]) => name !== modulesList)
    .map(([name, { note, items }]) => list(name, note, asItems(items))),
  list(
    'district',
    'อำเภอ',
    districts.map(({ code, th, en }) => ({ code, th, en })),
  ),
  list(
    'subdistrict',
    'ตำบล',
    districts.flatMap(({ code: parent, sub }) =>
      sub.map(([code, th, postcode]) => ({ code: code!, th: th!, parent, postcode: postcode! })),
    ),
  ),
  defaultCurriculum(),
]
