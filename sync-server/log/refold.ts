import { isDrop, readChange } from '#domain/change.ts'
import { lifted } from '#domain/check.ts'
import { asItEntered } from '#domain/later-words.ts'
import { emptyRecord, merge, type RecordState, type Write } from '#domain/merge.ts'
import { kindOf } from '#domain/records/index.ts'
import { authorOnly } from '#domain/scope.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import type { ChangeTable, RecordTable } from '#server/db/schema.ts'
import { type Placement, placementOf, samePlacement } from './placement.ts'

const batch = 200

/**
 * Folds records again from the log alone: all of them after a restore, or those of one kind when a later version declares what was
 * unknown. Numbers stay; a record that is new here gets the number of its last change.
 */
export const refold = async (store: Store, province: string, kind?: string): Promise<number> => {
  let folded = 0
  let after = ''
  const apart = await findApart(store, province)
  for (;;) {
    const ids = await idsAfter(store, province, after)
    if (ids.length === 0) break
    after = ids.at(-1)!
    folded += await store.transaction(async (tx) => {
      await tx.hot.lockProvince(province)
      return foldBatch(tx, province, ids, { kind, apart })
    })
  }
  await store.transaction(async (tx) => {
    await tx.hot.lockProvince(province)
    await placeChildren(tx, province, apart)
  })
  return folded
}

/** What came before its parent and may not stand where that stands: whether it may was judged when the parent came, and no fold judges again. */
const findApart = async ({ db }: Store, province: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('records as child')
    .innerJoin('records as above', (join) =>
      join.onRef('above.province', '=', 'child.province').onRef('above.id', '=', 'child.parent'),
    )
    .select('child.id')
    .where('child.province', '=', province)
    .where('child.scope', 'like', `${authorOnly('')}%`)
    .where('above.scope', 'not like', `${authorOnly('')}%`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

const idsAfter = async ({ db }: Store, province: string, after: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('changes')
    .select('record')
    .distinct()
    .where('province', '=', province)
    .where('record', '>', after)
    .orderBy('record')
    .limit(batch)
    .execute()
  return rows.map(({ record }) => record)
}

const foldBatch = async (
  tx: Tx,
  province: string,
  ids: readonly string[],
  { kind, apart }: { readonly kind: string | undefined; readonly apart: ReadonlySet<string> },
): Promise<number> => {
  const log = await tx.db
    .selectFrom('changes')
    .selectAll()
    .where('province', '=', province)
    .where('record', 'in', ids)
    .orderBy('seq')
    .execute()
  const stored = new Map((await tx.hot.findRecords(province, ids)).map((row) => [row.id, row]))
  const states = ids
    .map((id) => foldOf(log.filter(({ record }) => record === id)))
    .filter((state): state is RecordState => state !== null && (kind === undefined || state.kind === kind))
  const parents = [...stored.values()].flatMap(({ parent }) => parent ?? [])
  const above = new Map<string, Placement>((await tx.hot.findRecords(province, parents)).map((row) => [row.id, row]))
  const rows = states.map((state) => {
    const known = stored.get(state.id)
    const row = rowOf(province, state, known, above)
    return known && apart.has(state.id) ? { ...row, scope: known.scope, place: known.place, day: known.day } : row
  })
  await tx.hot.upsertRecords(rows)
  return rows.length
}

/** One record from its rows of the log; null when this version does not know its kind. */
export const foldOf = (log: readonly ChangeTable[]): RecordState | null => {
  let state: RecordState | null = null
  const before: Write[] = []
  for (const { seq, stamp, base, device, n, proven, line } of log) {
    const change = readChange(line)
    const kind = change && kindOf(change.kind)
    if (change && isDrop(change)) continue
    if (!change || !kind) return null
    const write: Write = {
      seq,
      stamp,
      base,
      device,
      n,
      author: change.author,
      at: change.at,
      ...(proven === 0 && { proven: false }),
      set: lifted(kind, change),
    }
    state = merge(state ?? emptyRecord(change.record, change.kind), asItEntered(change.kind, write, before))
    before.push(write)
  }
  return state
}

const rowOf = (
  province: string,
  state: RecordState,
  stored: RecordTable | undefined,
  above: ReadonlyMap<string, Placement>,
): RecordTable => {
  const placement = placementOf(kindOf(state.kind)!, state, (id) => above.get(id) ?? null)
  return {
    province,
    id: state.id,
    kind: state.kind,
    seq: stored?.seq ?? state.seq,
    whole_from: stored?.whole_from ?? state.seq,
    ...placement,
    body: JSON.stringify(state),
  }
}

/** Gives records below a parent their scope, place and day, level by level. */
const placeChildren = async (tx: Tx, province: string, apart: ReadonlySet<string>): Promise<void> => {
  const roots = await tx.db
    .selectFrom('records as child')
    .leftJoin('records as above', (join) =>
      join.onRef('above.province', '=', 'child.province').onRef('above.id', '=', 'child.parent'),
    )
    .select('child.id')
    .where('child.province', '=', province)
    .where('above.id', 'is', null)
    .execute()
  let parents = roots.map(({ id }) => id)
  while (parents.length > 0) {
    const next: string[] = []
    for (let i = 0; i < parents.length; i += batch) {
      next.push(...(await placeUnder(tx, province, parents.slice(i, i + batch), apart)))
    }
    parents = next
  }
}

const placeUnder = async (
  tx: Tx,
  province: string,
  parents: readonly string[],
  apart: ReadonlySet<string>,
): Promise<string[]> => {
  const above = new Map<string, Placement>((await tx.hot.findRecords(province, parents)).map((row) => [row.id, row]))
  const children = await tx.hot.findRecords(province, await tx.hot.findChildren(province, parents))
  const moved = children.flatMap((row) => {
    const placement = placementOf(kindOf(row.kind)!, JSON.parse(row.body) as RecordState, (id) => above.get(id) ?? null)
    return apart.has(row.id) || samePlacement(row, placement) ? [] : [{ ...row, ...placement }]
  })
  await tx.hot.upsertRecords(moved)
  return children.map(({ id }) => id)
}
