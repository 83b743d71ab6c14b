import { createHash } from 'node:crypto'
import { type Base, changeLine } from '#domain/change.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { type Head, limits, type SyncAnswer } from '#domain/protocol.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Store } from '#server/db/connect.ts'
import { type Doubt, keepDoubt } from '#server/log/doubt.ts'
import { exchange } from '#server/log/exchange.ts'
import { type Cell, tellCell } from './cell.ts'
import { type Told, tell } from './lines.ts'
import { isDoubted, objections } from './rules.ts'
import { beginWorld, divide, recipes, type Tablet, type World } from './world.ts'

/** A cell of which the server thought otherwise than the rules. */
export interface Wrong {
  readonly cell: Cell
  readonly expected: readonly string[]
  readonly got: string
}

/** Pushes every cell through the exchange, in batches of one tablet each, and answers those that went otherwise than the rules say. */
export const pushCells = async (store: Store, cells: readonly Cell[]): Promise<readonly Wrong[]> => {
  const world = await beginWorld(store)
  const groups = Map.groupBy(cells, ({ proof, tablet }) => `${recipes[proof].on}, ${tablet}`)
  const wrongs: Wrong[] = []
  for (const all of groups.values()) {
    const [{ proof, tablet: state }] = all as [Cell]
    const tablet = await world.makeTabletOf(recipes[proof].on, state)
    // those that all mean the same record would wait for one another
    const [alone, together] = [all.filter(({ takesLast }) => takesLast), all.filter(({ takesLast }) => !takesLast)]
    for (const cell of alone) wrongs.push(...(await pushBatch(world, tablet, [cell])))
    for (let from = 0; from < together.length; from += limits.changes)
      wrongs.push(...(await pushBatch(world, tablet, together.slice(from, from + limits.changes))))
  }
  return wrongs
}

const pushBatch = async (world: World, tablet: Tablet, cells: readonly Cell[]): Promise<Wrong[]> => {
  const told = cells.map((cell) => tell(world, tablet, cell))
  await prepare(world, tablet, told)
  const numbered = told.map((one) => ({ ...one, ...lineOf(world, tablet, one) }))
  const codes = await inDoubt(world, told[0]!.cell, () =>
    send(
      world,
      tablet,
      numbered.map(({ line }) => line),
    ),
  )
  const { store, province } = world
  const rows = await store.db
    .selectFrom('changes')
    .select('n')
    .where('province', '=', province.id)
    .where('device', '=', tablet.device)
    .where(
      'n',
      'in',
      numbered.map(({ n }) => n),
    )
    .execute()
  const logged = new Set(rows.map(({ n }) => n))
  // each cell stands alone: what is held of one is nothing to the next
  await store.transaction(({ db }) => db.deleteFrom('held').where('province', '=', province.id).execute())
  return numbered.flatMap(({ n, cell }): Wrong[] => {
    const expected = [...objections(cell)]
    const code = codes.get(n)
    const got = code === undefined && logged.has(n) ? 'accepted' : logged.has(n) ? `${code}, and in the log` : `${code}`
    const isRight = expected.length === 0 ? got === 'accepted' : expected.includes(got)
    return isRight ? [] : [{ cell, expected, got }]
  })
}

/** Only what is judged is sent to a server that was restored: what the cells stand on was there before. */
const inDoubt = async <T>({ store, province }: World, { tablet }: Cell, work: () => Promise<T>): Promise<T> => {
  if (!isDoubted(tablet)) return work()
  const keep = (doubt: Doubt | null) => store.transaction(({ db }) => keepDoubt(db, province.id, doubt))
  await keep({ since: province.clock.now, cause: 'restored' })
  const done = await work()
  await keep(null)
  return done
}

/** Answers the codes of what was held, by its number. */
const send = async ({ store, province }: World, { device }: Pick<Tablet, 'device'>, lines: readonly string[]) => {
  const facts = { province: province.id, device, now: province.clock.now, key: province.key, reader: null }
  // a base counts as far as the head that is shown with it
  const header = { protocol: 1, device, now: province.clock.now, head: await headOf({ store, province }) }
  const result = await exchange(store, facts, header, lines)
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
  const { results } = JSON.parse(result.value.toString()) as SyncAnswer
  return new Map(results.map(({ n, code }) => [n, code as string]))
}

/** The records of the cells as they must lie there: begun by the server or on this tablet, withdrawn, or altered by somebody since. */
const prepare = async (world: World, tablet: Tablet, told: Told[]): Promise<void> => {
  const { own, registrar, ids } = world
  const begunHere = (one: Told) => one.cell.begunHere === true
  await own(told.flatMap((one) => (one.before && !begunHere(one) ? [one.before] : [])))
  const here = told.filter(begunHere).map(({ kind, record, before }) => {
    const author = tablet.device as string as StaffId
    return lineText(world, { n: ++tablet.last.early, author, kind, record, set: before!.set })
  })
  if (here.length > 0) expectAll(await send(world, tablet, here))
  const byWord = told.filter(({ cell }) => cell.withdrawn === 'by word')
  await own(byWord.map(({ before }) => ({ ...before!, author: ids.officer, set: { withdrawn: { reason: 'สมมติ' } } })))
  const unseen = await baseAt(world)
  const signed = told.flatMap(({ cell, kind, record }) => {
    const set = cell.withdrawn === 'signed' ? { withdrawn: { reason: 'สมมติ' } } : { name: 'ชื่อสมมติ' }
    const isMeant = cell.withdrawn === 'signed' || (cell.seen !== undefined && !cell.takesLast)
    return isMeant ? [registrar.change(record, kind, set, { base: unseen })] : []
  })
  if (signed.length > 0) expectAll(await send(world, registrar, signed.map(registrar.key!.sign)))
  const seen = await baseAt(world)
  for (const one of told) if (!one.cell.begins) one.base = one.cell.seen === false ? unseen : seen
}

const expectAll = (held: ReadonlyMap<number, string>) => {
  if (held.size > 0) throw new Error(`The ground of a cell was held: ${[...held.values()].join(', ')}`)
}

const headOf = ({ store, province }: Pick<World, 'store' | 'province'>): Promise<Head> =>
  store.db
    .selectFrom('provinces')
    .select(['epoch', 'seq', 'chain'])
    .where('id', '=', province.id)
    .executeTakeFirstOrThrow()

const baseAt = async (world: World): Promise<Base> => {
  const { epoch, seq } = await headOf(world)
  return { epoch, seq }
}

type Said = Pick<Told, 'author' | 'kind' | 'record' | 'set' | 'base'> & { readonly n: number }

const lineText = ({ province }: World, { n, author, kind, record, set, base }: Said): string => {
  const v = kindOf(kind)?.version ?? 1
  const at = province.clock.now
  return changeLine({ n, author, at, seen: 0, kind, v, record, ...(base && { base }), set })
}

const lineOf = (world: World, tablet: Tablet, told: Told): { n: number; line: string } => {
  const { author, proof } = told.cell
  const { isLate, key: name, spoiled } = recipes[proof]
  const n = isLate ? ++tablet.last.late : ++tablet.last.early
  const line = lineText(world, { ...told, n })
  if (n > divide !== (isLate === true)) throw new Error('A tablet has used up its numbers.')
  if (!name) return { n, line }
  const key = tablet.keyOf(author, name)
  const signature = key.signText(signedText(world, spoiled === 'another tablet' ? key : tablet, line, spoiled))
  return { n, line: `${line}\t${key.id}.${spoiled === 'altered' ? altered(signature) : signature}` }
}

/** The bytes that a signature is over, put together here once more (docs/authority.md, "Bytes"). */
const signedText = (
  { province }: World,
  { device }: Pick<Tablet, 'device'>,
  line: string,
  spoiled?: string,
): string => {
  const said = spoiled === 'another line' ? `${line} ` : line
  const digest = createHash('sha256').update(`${device}\n${said}`).digest('hex')
  return `bowon line 1\n${spoiled === 'another province' ? device : province.id}\n${digest}`
}

/** Another sign in the middle of the signature. */
const altered = (signature: string): string => {
  const at = signature.length - 40
  return signature.slice(0, at) + (signature[at] === 'A' ? 'B' : 'A') + signature.slice(at + 1)
}

export const tellWrong = ({ cell, expected, got }: Wrong): string =>
  `${tellCell(cell)}: ${got}, not ${expected.join(' or ') || 'accepted'}`
