import type { Field } from '#domain/fields/field.ts'
import { recordKinds } from '#domain/records/index.ts'
import { chanceOf } from '#test/simulation/chance.ts'
import type { Cell, Write } from './cell.ts'
import { isNamed, type KindRule, kindRules } from './kind-rules.ts'
import { type Author, authors, type Proof, proofs, type TabletState, tabletStates } from './rules.ts'

/**
 * The dimensions, and the lines that are made of them. What a kind holds is read off its declaration, what it needs is not: a field that the
 * rules do not name is told by `unnamed`.
 */

export const declared = recordKinds.map(({ kind, fields }) => ({
  kind: kind as string,
  fields: Object.entries(fields as Readonly<Record<string, Field>>),
}))

export const unnamed = (): string[] => [
  ...declared.flatMap(({ kind, fields }) =>
    fields.filter(([field]) => !isNamed(kind, field)).map(([field]) => `${kind}.${field}`),
  ),
  ...declared.filter(({ kind }) => !kindRules[kind]).map(({ kind }) => kind),
]

/** A line without its author and proof. */
type Act = Omit<Cell, 'author' | 'proof' | 'tablet'>
type Doing = Pick<Act, 'begins' | 'writes' | 'id'>

const unknownField = 'ofALaterVersion'

const beginnings = (fields: readonly [string, Field][], rule: KindRule): Doing[] => {
  const plain = (field: string): Write[][] => [
    [{ field, does: 'set' }],
    ...(rule.names?.[field] ? [[{ field, does: 'set', names: 'another' } as const]] : []),
  ]
  const keyed = (field: string): Write[][] => [
    [{ field, does: 'added' }],
    ...namedParts(rule, field).map((part): Write[] => [{ field, does: 'added', part, names: 'another' }]),
  ]
  const writes: Write[][] = [
    [],
    ...fields.flatMap(([field, { merge }]) => (merge === 'keyed-set' ? keyed(field) : plain(field))),
    ...rule.mustHave.map((field): Write[] => [{ field, does: 'left out' }]),
    [{ field: 'withdrawn', does: 'set' }],
    [{ field: 'withdrawn', does: 'cleared' }],
    [{ field: unknownField, does: 'set' }],
  ]
  const all = writes.map((one): Doing => ({ begins: true, writes: one }))
  return rule.idFrom ? [...all, { begins: true, writes: [], id: 'another' }] : all
}

const alterations = (fields: readonly [string, Field][], rule: KindRule): Doing[] => {
  const plain = (field: string): Write[][] => [
    [{ field, does: 'set' }],
    [{ field, does: 'cleared' }],
    ...(rule.names?.[field] ? [[{ field, does: 'set', names: 'another' } as const]] : []),
  ]
  const keyed = (field: string, { parts = {} }: Field): Write[][] => {
    const changed = (part: string): Write => ({
      field,
      part,
      does: rule.once?.[field] && !rule.later?.includes(part) ? 'rewritten' : 'amended',
    })
    const each = Object.keys(parts).map(changed)
    const added: Write = { field, does: 'added' }
    return [
      [added],
      [{ field, does: 'repeated' }],
      [{ field, does: 'struck' }],
      [{ field, does: 'emptied' }],
      ...each.map((one) => [one]),
      ...each.map((one) => [added, one]),
      ...namedParts(rule, field).flatMap((part): Write[][] => [
        [{ ...added, part, names: 'another' }],
        [{ ...changed(part), names: 'another' }],
      ]),
    ]
  }
  const withdraw: Write = { field: 'withdrawn', does: 'set' }
  const [first] = fields.find(([, { merge }]) => merge !== 'keyed-set')!
  const writes: Write[][] = [
    ...fields.flatMap(([field, one]) => (one.merge === 'keyed-set' ? keyed(field, one) : plain(field))),
    [withdraw],
    [{ field: 'withdrawn', does: 'cleared' }],
    [{ field: unknownField, does: 'set' }],
    [{ field: unknownField, does: 'cleared' }],
    [withdraw, { field: first, does: 'set' }],
    ...Object.keys(rule.apart ?? {}).flatMap((field): Write[][] => {
      const keyedSet = fields.some(([name, { merge }]) => name === field && merge === 'keyed-set')
      const own: Write = { field, does: keyedSet ? 'added' : 'set' }
      return [
        [own, withdraw],
        [own, { field: unknownField, does: 'set' }],
      ]
    }),
  ]
  return writes.map((one) => ({ begins: false, writes: one }))
}

const namedParts = ({ names = {} }: KindRule, field: string) =>
  Object.keys(names).flatMap((name) => (name.startsWith(`${field}.`) ? name.slice(field.length + 1) : []))

/** Everything that the kind's rules ask of where a record is and what stands in it. */
const circumstances = (kind: string, rule: KindRule, doing: Doing): Act[] => {
  const does = (field: string, what: Write['does'] = 'set') =>
    doing.writes.some((one) => one.field === field && one.does === what)
  const places = {
    'at its place': ['own', 'other', 'unknown'],
    'with its parent': ['own', 'other', 'unknown parent', ...(kind === 'attendance' ? [] : (['at the desk'] as const))],
    'in no place': ['own'],
  } as const satisfies Readonly<Record<KindRule['lies'], readonly Cell['place'][]>>
  const wheres: readonly Cell['place'][] = places[rule.lies]
  const moves = rule.where !== undefined && !doing.begins && does(rule.where)
  const isAnswer = kind === 'question' && doing.writes.some(({ field }) => rule.apart?.[field])
  const putTo = ['the author', 'a colleague', 'this tablet', 'another tablet', 'nobody'] as const
  let acts: Act[] = wheres.map((place) => ({ kind, ...doing, place }))
  const spread = (when: boolean, more: readonly Partial<Act>[]) => {
    if (when) acts = acts.flatMap((act) => more.map((one) => ({ ...act, ...one })))
  }
  spread(
    moves,
    wheres.map((to) => ({ to })),
  )
  spread(rule.saidBy === 'tablet' && !doing.begins, [{ begunHere: true }, { begunHere: false }])
  spread(
    isAnswer,
    putTo.map((one) => ({ putTo: one })),
  )
  spread(!doing.begins && does('withdrawn', 'cleared'), [
    { withdrawn: 'no' },
    { withdrawn: 'by word' },
    ...(rule.withdraw.by.length > 0 ? [{ withdrawn: 'signed' } as const] : []),
  ])
  const takes = kind === 'staff' && (does('active') || does('withdrawn') || does('roles', 'struck'))
  const last: Partial<Act>[] = takes ? [{ seen: true, takesLast: true }] : []
  spread(rule.knowing === true && !doing.begins, [{ seen: true }, { seen: false }, ...last])
  return acts
}

const unknownKind: Act = { kind: 'ofALaterVersion', begins: true, writes: [], place: 'own' }

const acts = (): Act[] => [
  ...declared.flatMap(({ kind, fields }) => {
    const rule = kindRules[kind]
    if (!rule) return []
    const doings = [...beginnings(fields, rule), ...alterations(fields, rule)]
    return doings.flatMap((doing) => circumstances(kind, rule, doing))
  }),
  unknownKind,
]

/** Half of the cells are of a tablet that forbids nothing. What a revoked one still says of a complaint depends on how many came that day. */
const tabletFor = ({ kind }: Act, chance: number): TabletState => {
  const states = (Object.keys(tabletStates) as TabletState[]).filter((one) => one !== 'revoked' || kind !== 'complaint')
  return states[Math.max(0, Math.floor((chance * 2 - 1) * states.length))]!
}

/**
 * So many cells of the product of lines, authors and proofs, by chance, each on a tablet of some state; a true signature, the tablet's word and a
 * move from place to place are four times as likely as others.
 */
export const dealCells = (wanted: { readonly seed: number; readonly cells: number }): readonly Cell[] => {
  const chance = chanceOf(wanted.seed)
  const likely = (proof: Proof, { to }: Act) =>
    (proof === 'signature' || proof === 'signed in' ? 0.25 : 1) * (to ? 0.25 : 1)
  const dealt: { cell: Cell; order: number }[] = []
  for (const act of acts())
    for (const author of Object.keys(authors) as Author[])
      for (const proof of Object.keys(proofs) as Proof[])
        dealt.push({
          cell: { ...act, author, proof, tablet: tabletFor(act, chance.next()) },
          order: chance.next() * likely(proof, act),
        })
  dealt.sort((a, b) => a.order - b.order)
  return dealt.slice(0, wanted.cells).map(({ cell }) => cell)
}
