import { rightsOf } from '#domain/authority/tablet-rights.ts'
import { kindOf } from '#domain/records/index.ts'
import { isNowhere, isWithin, placeIsTheirs, type ScopeKey } from '#domain/scope.ts'
import { prepared } from '#server/db/prepared.ts'
import type { RecordTable } from '#server/db/schema.ts'
import { authorOf } from './authorize.ts'
import { type Entry, findEntry, type Ledger } from './ledger.ts'
import { placementOf, samePlacement } from './placement.ts'

/** Writes everything that the transaction has gathered: log rows, records, departures, the counter and the device's. */
export const flush = async (ledger: Ledger): Promise<void> => {
  const { tx, province, device, head, now } = ledger
  await carryChildrenAlong(ledger)
  const touched = [...ledger.records.values()].filter((entry): entry is Entry => entry?.touched === true)
  await tx.hot.insertChanges(ledger.added)
  await tx.hot.upsertRecords(touched.map((entry) => rowOf(province, entry)))
  const departures = touched.flatMap(({ row, placement, seq }) =>
    row && row.scope !== placement.scope ? [{ province, seq, record: row.id, scope: row.scope }] : [],
  )
  if (departures.length > 0) await tx.db.insertInto('departures').values(departures).execute()
  if (head.seq !== ledger.headBefore) await setHead(tx.db, province, head.seq, head.chain)
  await setDevice(tx.db, province, device, ledger.lastN, ledger.lastStamp, now)
}

const setHead = prepared((db, province: string, seq: number, chain: string) =>
  db.updateTable('provinces').set({ seq, chain }).where('id', '=', province),
)

const setDevice = prepared((db, province: string, device: string, lastN: number, lastStamp: number, now: number) =>
  db
    .updateTable('devices')
    .set({ last_n: lastN, last_stamp: lastStamp, seen_at: now })
    .where('province', '=', province)
    .where('id', '=', device),
)

const rowOf = (province: string, { state, placement, seq, wholeFrom }: Entry): RecordTable => ({
  province,
  id: state.id,
  kind: state.kind,
  seq,
  ...placement,
  whole_from: wholeFrom,
  body: JSON.stringify(state),
})

/** Levels of records below each other; a bound, because tampered records could name each other in a ring. */
const deepest = 8

/**
 * Records take their scope, place and day from their parent. Where a parent is new or has moved, its children follow: one whose scope
 * alters is numbered anew with the number of the change that moved it, so that every cursor meets it, whole. Several records then share
 * a number; cursors therefore order by (number, id).
 */
const carryChildrenAlong = async (ledger: Ledger): Promise<void> => {
  const here = unsavedChildren(ledger)
  // a child was placed where its parent stood then; a later change may have moved that on, or back to where the database has it
  let parents = [...ledger.records.values()].filter(
    (entry): entry is Entry => entry?.touched === true && (hasMoved(entry) || here.has(entry.state.id)),
  )
  for (let level = 0; level < deepest && parents.length > 0; level++) {
    const byId = new Map(parents.map((parent) => [parent.state.id as string, parent]))
    const moved = parents.filter(hasMoved).map(({ state }) => state.id)
    const stored = moved.length > 0 ? await ledger.tx.hot.findChildren(ledger.province, moved) : []
    const unsaved = parents.flatMap(({ state }) => here.get(state.id) ?? [])
    const next = new Map<string, Entry>()
    for (const id of new Set([...stored, ...unsaved])) {
      const child = (await findEntry(ledger, id))!
      const parent = byId.get(child.placement.parent ?? '')
      if (parent && (await follow(ledger, child, parent))) next.set(id, child)
    }
    parents = [...next.values()]
  }
}

/** Whether it stands elsewhere than the database has it. */
const hasMoved = ({ row, placement }: Entry): boolean =>
  row === null || !samePlacement(placement, { ...row, parent: placement.parent })

/** Children that the database does not have under their parent yet, because this transaction put them there. */
const unsavedChildren = ({ records }: Ledger): ReadonlyMap<string, readonly string[]> => {
  const children = new Map<string, string[]>()
  for (const entry of records.values()) {
    const parent = entry?.touched ? entry.placement.parent : null
    if (parent) children.set(parent, [...(children.get(parent) ?? []), entry!.state.id])
  }
  return children
}

/** True when the child's place in the world altered, so that its own children must follow too. */
const follow = async (ledger: Ledger, child: Entry, parent: Entry): Promise<boolean> => {
  const kind = kindOf(child.state.kind)
  if (!kind) return false
  const placement = placementOf(kind, child.state, (id) => ledger.records.get(id)?.placement ?? null)
  if (samePlacement(placement, child.placement)) return false
  if (isNowhere(child.placement.scope) && !(await mayStandAt(ledger, child, placement.scope))) return false
  if (placement.scope !== child.placement.scope) {
    child.seq = Math.max(child.seq, parent.seq)
    child.wholeFrom = child.seq
  }
  child.placement = placement
  child.touched = true
  return true
}

/**
 * What was written before its parent came was judged at no place (law 11). It stands where its parent stands only if everybody who wrote to it
 * may write there, and every tablet that it was written on is for that place; else it stays its author's and the administrators', until somebody
 * who may writes to it.
 */
const mayStandAt = async (ledger: Ledger, { state }: Entry, scope: ScopeKey): Promise<boolean> => {
  const kind = kindOf(state.kind)!
  const authors = new Set([state.created, ...state.writes].flatMap((one) => one?.author ?? []))
  for (const author of authors) {
    const standing = await authorOf(ledger, author)
    if ('code' in standing || !placeIsTheirs(kind, standing, scope)) return false
  }
  const devices = [...new Set([state.created, ...state.writes].flatMap((one) => one?.device ?? []))]
  const rows = await ledger.tx.db
    .selectFrom('devices')
    .select('tablet')
    .where('province', '=', ledger.province)
    .where('id', 'in', devices)
    .execute()
  for (const { tablet } of rows) {
    const entry = tablet === null ? null : await findEntry(ledger, tablet)
    if (entry && !isWithin(scope, rightsOf(entry.state).within)) return false
  }
  return true
}
