import type { StaffId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import type { staff } from '#domain/records/staff.ts'
import { onTablet } from '#domain/roles.ts'
import { type Reach, reachOf, reads, type ScopeKey, scopeOf } from '#domain/scope.ts'
import { standingOf } from '#domain/standing.ts'
import { alterInTurns, cursorsAnew } from './answer.ts'
import { alone, type Core } from './core.ts'
import type { RecordRow } from './database.ts'
import { storedIdentity } from './identity.ts'
import type { Identity, SignedInPerson } from './identity-types.ts'
import { ownDevices } from './own-devices.ts'
import { type RecordBody, viewOf } from './record-body.ts'
import { commit, persist, recordTables, writeRecords } from './rows.ts'
import { settled } from './save.ts'
import { leavingKey } from './start.ts'
import type { RecordView } from './types.ts'

/** A page that dies in between finds at the next start that something is still to leave. */
export const signOut = async (
  core: Core,
  replace: (next: Identity) => Promise<void>,
  person: StaffId,
): Promise<void> => {
  await commit(core, [], async () => void (await core.database.meta.put({ key: leavingKey, value: true })))
  await settled(core)
  const { people, keys = [], left = [], current, ...before } = core.identity()
  await replace({
    ...before,
    people: people.filter(({ id }) => id !== person),
    keys: keys.filter((key) => key.person !== person),
    left: [...left.filter((one) => one.person !== person), { person, upTo: core.memory.lastN }],
    current: current === person ? null : current,
  })
  await forgetUnread(core)
}

/**
 * Takes off this tablet what nobody who is still signed in on it may read (law 11), by the rule that the server reads by and with no network.
 * What waits or is held stays until it is settled. Everybody who stays reads anew, as wherever something leaves: this tablet may not know of
 * a right that the server has told their cursor of.
 */
export const forgetUnread = (core: Core): Promise<void> =>
  alone(core, async () => {
    const { database } = core
    const identity = (await storedIdentity(core)) ?? core.identity()
    const reaches = await Promise.all(identity.people.map((one) => reachHere(core, one)))
    const leaving = await unread(core, identity, reaches)
    const rows = await alterInTurns(core, leaving, (body) => ({ ...body, gone: true }))
    const cursors = leaving.length > 0 ? await cursorsAnew(core, null) : []
    await commit(core, recordTables, async () => {
      await writeRecords(core, rows)
      await database.meta.bulkPut(cursors)
      await database.meta.delete(leavingKey)
    })
    for (const id of rows.remove) core.memory.views.delete(id)
  })

/** By their staff record, where it lies here; else by what the sign-in told. */
const reachHere = async (core: Core, { id, standing }: SignedInPerson): Promise<Reach> => {
  const row = await persist(core, () => core.database.records.get(id))
  if (!row) return reachOf(standing)
  const body = await core.codec.decode<RecordBody>(row.bytes)
  const everywhere = standingOf(viewOf(body, core.memory.epoch) as unknown as RecordView<Values<typeof staff>>)
  return reachOf(onTablet(everywhere, standing.within ?? null))
}

type Indexed = Omit<RecordRow, 'bytes' | 'seq' | 'day'>

const unread = async (core: Core, identity: Identity, reaches: readonly Reach[]): Promise<readonly Indexed[]> => {
  const known = new Map<string, Indexed>()
  await persist(core, () =>
    core.database.records.each(({ id, kind, place, parent }) => {
      known.set(id, { id, kind, ...(place !== undefined && { place }), ...(parent !== undefined && { parent }) })
    }),
  )
  const own = ownDevices(identity) as readonly string[]
  const found: Indexed[] = []
  for (const row of known.values()) {
    const kind = kindOf(row.kind)
    const scope = scopeHere(row, known)
    if (scope !== null && reaches.some((reach) => reads(reach, { ...row, scope }))) continue
    const isAuthors = kind !== undefined && (kind.unsigned || scope === null)
    const author = isAuthors ? await authorOf(core, row.id) : null
    // sealed to others, and its own: nobody here can read it, nor has it come from elsewhere
    if (kind?.unsigned && own.includes(author ?? '')) continue
    if (scope === null && kind && reaches.some((reach) => reads(reach, { ...row, scope: `?${author}` }))) continue
    found.push(row)
  }
  return found
}

/** The scope of a row by what lies here; null where its place or its parent is not known. */
const scopeHere = (row: Indexed, known: ReadonlyMap<string, Indexed>, depth = 0): ScopeKey | null => {
  const kind = kindOf(row.kind)
  if (!kind || depth > 8) return null
  const parent = row.parent === undefined || row.parent === row.id ? undefined : known.get(row.parent)
  const above = parent ? scopeHere(parent, known, depth + 1) : null
  if (kind.scope.by === 'parent' && above === null) return null
  if (kind.scope.by === 'place' && row.place === undefined) return null
  return scopeOf(kind, kind.scope.by === 'place' ? { [kind.scope.field]: row.place! } : {}, '', above)
}

const authorOf = async (core: Core, id: string): Promise<string | null> => {
  const row = await persist(core, () => core.database.records.get(id))
  if (!row) return null
  const body = await core.codec.decode<RecordBody>(row.bytes)
  return viewOf(body, core.memory.epoch).created?.author ?? null
}
