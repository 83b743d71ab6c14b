import type { Base, FieldSet } from '#domain/change.ts'
import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { derivedId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { OwnChange } from '#server/log/own.ts'
import { makeId } from '#test/support/province.ts'
import type { Cell, Write } from './cell.ts'
import { declared } from './deal.ts'
import { kindRules } from './kind-rules.ts'
import { sample, sampleEntry } from './samples.ts'
import type { Tablet, World } from './world.ts'

/** What a cell comes to: a record as it must lie there before, and what the line says. */
export interface Told {
  readonly cell: Cell
  readonly kind: string
  readonly record: RecordId
  readonly author: StaffId
  /** Written by the server itself, before; null where the line begins the record. */
  readonly before: OwnChange | null
  readonly set: FieldSet
  base?: Base
}

type Value = (field: string, which: 0 | 1) => Json

/** Puts ids and words to a cell; each has a record of its own. */
export const tell = (world: World, tablet: Tablet, cell: Cell): Told => {
  const { kind, begins, writes } = cell
  const author = cell.author === 'the tablet' ? (tablet.device as string as StaffId) : world.ids[cell.author]
  const rule = kindRules[kind]
  const fields = new Map(declared.find((one) => one.kind === kind)?.fields ?? [])
  if (!rule) return { cell, kind, record: makeId(), author, before: null, set: { name: 'A' } }
  const given: Readonly<Record<string, Json>> = {
    ...(rule.where && { [rule.where]: whereId(world, rule.where, cell.place, 0) }),
    ...(rule.idFrom?.includes('name') && { name: `รายการสมมติ ${makeId()}` }),
    ...addressee(world, tablet, cell, author),
  }
  const isNew = (field: string) => begins || writes.some((one) => one.field === field && one.does === 'added')
  const valueIn: Value = (field, which) => {
    if (which === 0 && Object.hasOwn(given, field)) return given[field]!
    if (which === 1 && field === rule.where) return whereId(world, field, cell.to ?? cell.place, 1)
    const type = fields.get(field)
    if (!type) return 'A'
    return type.merge === 'keyed-set' ? { first: sampleEntry(type, which) } : sample(type, which)
  }
  const attributed = (path: string, names?: 'another'): Json | undefined => {
    const says = rule.names?.[path]
    if (!says) return undefined
    if (names) return makeId()
    return says === 'author' ? author : tablet.device
  }
  const written = (write: Write): Json => {
    const field = fields.get(write.field)
    if (write.field === 'withdrawn') return write.does === 'set' ? { reason: 'สมมติ' } : null
    if (write.does === 'cleared' || write.does === 'emptied') return null
    if (field?.merge !== 'keyed-set')
      return attributed(write.field, write.names) ?? valueIn(write.field, begins ? 0 : 1)
    return entries(write, field, cell, (part) =>
      attributed(`${write.field}.${part}`, write.part === part ? write.names : undefined),
    )
  }
  const required = Object.fromEntries(rule.mustHave.map((field) => [field, valueIn(field, 0)]))
  const set: Record<string, Json> = begins ? { ...required, ...(kind === 'question' && given) } : {}
  for (const write of writes) {
    const [there, value] = [set[write.field], write.does === 'left out' ? undefined : written(write)]
    if (value === undefined) delete set[write.field]
    else if (there && value && isNew(write.field) && fields.get(write.field)?.merge === 'keyed-set')
      set[write.field] = { ...(there as object), ...(value as object) }
    else set[write.field] = value
  }
  const touched = [...fields.keys()].filter((field) => writes.some((one) => one.field === field))
  const known = Object.fromEntries(touched.map((field) => [field, valueIn(field, 0)]))
  const stands: FieldSet = { ...known, ...required, ...given }
  const first = begins ? set : stands
  const record = cell.takesLast
    ? world.lastAdministrator
    : rule.idFrom?.every((field) => Object.hasOwn(first, field)) && cell.id !== 'another'
      ? derivedId(kind, ...rule.idFrom.map((field) => String(first[field] ?? '')))
      : makeId()
  const before = begins || cell.takesLast ? null : { author: world.province.admin, kind, record, set: stands }
  return { cell, kind, record, author, before, set }
}

const whereId = ({ here, there, parents }: World, field: string, where: Cell['place'], which: 0 | 1): RecordId => {
  const among = { place: { own: [here, here], other: [there, there] }, ...parents }[
    field as 'place' | 'session' | 'about'
  ]
  if (where === 'own' || where === 'other') return among[where][which]!
  return where === 'at the desk' ? parents.desk : makeId()
}

/** To whom a question was put: on the record itself, also where the line begins it. */
const addressee = (world: World, tablet: Tablet, { kind, putTo = 'the author' }: Cell, author: StaffId): FieldSet => {
  if (kind !== 'question') return {}
  const to = { 'the author': author, 'a colleague': world.colleague } as Partial<Record<string, string>>
  const toDevice = { 'this tablet': tablet.device, 'another tablet': makeId() } as Partial<Record<string, string>>
  return { ...(to[putTo] && { to: to[putTo] }), ...(toDevice[putTo] && { toDevice: toDevice[putTo] }) }
}

const entries = (
  { does, part }: Write,
  field: Field,
  { takesLast }: Cell,
  attributed: (part: string) => Json | undefined,
): Json => {
  const names = Object.keys(field.parts ?? {})
  const said = Object.fromEntries(
    names.flatMap((name) => {
      const value = attributed(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  switch (does) {
    case 'added':
      return { second: sampleEntry(field, 1, said) }
    case 'struck':
      return { [takesLast ? 'administrator' : 'first']: { on: false } }
    case 'repeated': {
      const words = names.filter((name) => !Object.hasOwn(said, name) && field.parts![name]!.type !== 'reference')
      return { first: { on: true, ...Object.fromEntries(words.map((name) => [name, sample(field.parts![name]!, 0)])) } }
    }
    default:
      return { first: { [part!]: said[part!] ?? sample(field.parts![part!]!, 1) } }
  }
}
