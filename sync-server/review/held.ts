import * as z from 'zod/mini'
import { type Change, readChange } from '#domain/change.ts'
import { kindOf } from '#domain/records/index.ts'
import { reaches, reachOf, readsKind, type ScopeKey, scopeOf } from '#domain/scope.ts'
import { bounds } from '#server/bounds.ts'
import type { Store } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { dropHeld, takeInHeld } from '#server/log/settle-held.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'

const most = 500

/**
 * GET /api/held: what waits for somebody's decision, the oldest first. What its reader may not read, or not on that tablet, is shown without its
 * content.
 */
export const listHeld = async (db: Db, { province, person }: SignedInCall): Promise<Answer> => {
  const reach = reachOf(person.standing)
  const rows = await db
    .selectFrom('held')
    .where('digest', 'in', await firstDigests(db, province.id))
    .leftJoin('devices', (join) =>
      join.onRef('devices.province', '=', 'held.province').onRef('devices.id', '=', 'held.device'),
    )
    .select([
      'device',
      'devices.name',
      'n',
      'digest',
      'record',
      'author',
      'code',
      'field',
      'detail',
      'received_at',
      'line',
    ])
    .where('held.province', '=', province.id)
    .where('state', '=', 'held')
    .orderBy('received_at')
    .limit(most)
    .execute()
  const scopes = await scopesOf(db, province.id, [...new Set(rows.flatMap(({ record }) => record ?? []))])
  const isTheirs = (change: Change) => {
    if (person.standing.within === undefined) return readsKind(reach, change.kind)
    const kind = kindOf(change.kind)
    const scope = scopes.get(change.record) ?? (kind ? scopeOf(kind, change.set, change.author, null) : '')
    return readsKind(reach, change.kind) && reaches(reach, scope)
  }
  return answer({
    held: rows.map(({ name, received_at, line, ...row }) => {
      const change = readChange(line)
      const shown = change && !isTheirs(change) ? { ...change, set: {} } : change
      return { ...row, deviceName: name ?? '', receivedAt: received_at, change: shown }
    }),
  })
}

/** As many as fit into an answer, at least one: a tablet can write lines of 600 kB. */
const firstDigests = async (db: Db, province: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('held')
    .select((of) => ['digest', of.fn<number>('length', ['line']).as('size')])
    .where('province', '=', province)
    .where('state', '=', 'held')
    .orderBy('received_at')
    .orderBy('digest')
    .limit(most)
    .execute()
  let size = 0
  const fits = rows.filter((row, at) => {
    size += Number(row.size)
    return at === 0 || size <= bounds.heldShown
  })
  return fits.map(({ digest }) => digest)
}

const scopesOf = async (
  db: Db,
  province: string,
  records: readonly string[],
): Promise<ReadonlyMap<string, ScopeKey>> => {
  if (records.length === 0) return new Map()
  const rows = await db
    .selectFrom('records')
    .select(['id', 'scope'])
    .where('province', '=', province)
    .where('id', 'in', records)
    .execute()
  return new Map(rows.map(({ id, scope }) => [id, scope]))
}

/** POST /api/held/:device/:n/drop: it stays in the table as dropped, and what waited for it is judged again. */
export const drop = async (store: Store, call: SignedInCall, device: string, n: string): Promise<Answer> => {
  const province = call.province.id
  if (!/^\d{1,15}$/.test(n)) return refuse('not-found')
  return store.transaction(async (tx): Promise<Answer> => {
    const dropped = await dropHeld(tx, { province, device, now: call.now }, Number(n))
    if (!dropped) return refuse('not-found')
    const [staff, subject] = [call.person.staff, `${device} ${n}`]
    await writeDown(tx.db, province, { at: call.now, staff, device: call.session.device, act: 'dropped-held', subject })
    return answer()
  })
}

export const takeInInput = z.object({
  ns: z.array(z.int().check(z.minimum(1))).check(z.minLength(1), z.maxLength(most)),
})

/** POST /api/held/:device/take-in: what was held for want of proof counts from now on, at the administrator's word. */
export const takeIn = async (
  store: Store,
  call: SignedInCall,
  device: string,
  { ns }: { readonly ns: readonly number[] },
): Promise<Answer> => {
  const province = call.province.id
  return store.transaction(async (tx): Promise<Answer> => {
    const { staff, standing } = call.person
    const at = { province, device, now: call.now }
    const done = await takeInHeld(tx, at, ns, staff, standing.within ?? null)
    if (!done) return refuse('not-found')
    for (const n of done.taken) {
      const act = 'took-in-held' as const
      await writeDown(tx.db, province, {
        at: call.now,
        staff,
        device: call.session.device,
        act,
        subject: `${device} ${n}`,
      })
    }
    return answer(done)
  })
}
