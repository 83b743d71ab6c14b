import { save } from './act.ts'
import { type HeldRow, truthOf } from './oracle.ts'
import type { Page, Tablet } from './tablet.ts'
import { noteServer } from './wire.ts'
import { nameOf } from './witness.ts'
import { tell, until, type World } from './world.ts'

// Nothing that an honest tablet has sent is held for good: its author drops or mends it, or an administrator takes it in or drops it. Here they
// all do, once a history has come to rest.

type Way = 'its author settles it' | 'an administrator takes it in'

const author = ['its author settles it'] as const
const both = ['its author settles it', 'an administrator takes it in'] as const
/** Who has a way on beside an administrator's dropping it, by the reason (docs/authority.md, "Held, and the way on"). */
const waysOn: Readonly<Record<string, readonly Way[]>> = {
  'malformed-change': author,
  'unknown-kind': author,
  'invalid-value': author,
  'missing-field': author,
  'kind-mismatch': author,
  'role-may-not-write': author,
  'place-not-yours': author,
  'waits-for-held': author,
  'not-the-author': author,
  'not-put-to-you': author,
  'changed-meanwhile': author,
  'last-administrator': author,
  'not-admitted': author,
  'place-not-of-this-tablet': author,
  forged: author,
  'unknown-author': ['an administrator takes it in'],
  'not-signed-in-here': ['an administrator takes it in'],
  'needs-the-person': both,
  'cut-off': ['an administrator takes it in'],
}

export const heldOfHonest = (world: World): readonly HeldRow[] => {
  const honest = new Set(world.tablets.map(({ device }) => device))
  const held = truthOf(world).held.filter(({ device, state }) => honest.has(device) && state === 'held')
  return held.toSorted((a, b) => (a.device === b.device ? a.n - b.n : a.device < b.device ? -1 : 1))
}

/** Whoever works on a tablet looks through what it says is held of theirs, and drops it; what then is held still, and should not be. */
export const authorsRelease = async (world: World, rest: () => Promise<void>): Promise<void> => {
  const asked: { readonly device: string; readonly n: number }[] = []
  const mayDrop = new Map(
    heldOfHonest(world).map((row) => [nameOf(row), waysOn[row.code]?.includes('its author settles it')]),
  )
  for (const tablet of world.tablets) {
    const page = tablet.pages[0]
    if (!page?.store || tablet.revoked) continue
    for (const person of tablet.people) {
      const dropped = await dropsTheirs(world, tablet, page, person)
      asked.push(...dropped.map((n) => ({ device: tablet.device, n })))
    }
  }
  await rest()
  const left = new Set(heldOfHonest(world).map(nameOf))
  for (const one of asked) {
    if (!left.has(nameOf(one))) world.witness.tally.releases++
    else if (mayDrop.get(nameOf(one)))
      world.witness.wrongs.push(`${nameOf(one)} is held, and its author cannot drop it`)
  }
}

const dropsTheirs = async (world: World, tablet: Tablet, page: Page, person: string): Promise<readonly number[]> => {
  const { people, held } = page.store!
  if (!held.peek().some(({ author }) => author === person)) return []
  void people.switchTo(person as never)
  await until(world.time, () => people.current.peek()?.id === person)
  const theirs = held.peek().filter((one) => one.author === person)
  const drops = theirs.map(({ kind, record, base, n }) => ({ kind, record, base, set: {}, replaces: n }))
  let isDone = false
  void save({ world, tablet, page }, drops).finally(() => {
    isDone = true
  })
  await until(world.time, () => isDone)
  return theirs.map(({ n }) => n)
}

/** An administrator looks through all that is held still of honest tablets: takes in what needs only that, and drops the rest. */
export const administratorReleases = async (world: World): Promise<void> => {
  const { witness } = world
  for (let [row] = heldOfHonest(world); row; [row] = heldOfHonest(world)) {
    if (!(row.code in waysOn)) witness.wrongs.push(`nobody knows a way on from ${row.code}`)
    const isReleased = (await takesIn(world, row)) || (await drops(world, row))
    if (!isReleased) return void witness.wrongs.push(`${nameOf(row)} is held for good, as ${row.code}`)
    witness.tally.releases++
  }
}

const takesIn = async (world: World, row: HeldRow): Promise<boolean> => {
  const { server, witness, admin } = world
  const { set } = JSON.parse(row.line) as { set: object }
  const isDrop = Object.keys(set).length === 0
  if (isDrop || !waysOn[row.code]?.includes('an administrator takes it in')) return false
  const refused = await server.takeIn(row.device, row.n, admin)
  tell(world, () => `the administrator takes in ${nameOf(row)} (${row.code}): ${refused ?? 'done'}`)
  noteServer(world)
  if (refused !== null) {
    if (!isOfContent(refused))
      witness.wrongs.push(`${nameOf(row)} is held as ${row.code}, and not taken in: ${refused}`)
    return false
  }
  const { log } = truthOf(world)
  const stands = log.some(
    ({ device, n, line, proof }) =>
      device === row.device && n === row.n && line === row.line && proof === `taken.${admin}`,
  )
  if (!stands) witness.wrongs.push(`${nameOf(row)} was taken in, and does not stand in the log`)
  return stands
}

/** What a change says is not mended by an administrator's word. */
const isOfContent = (code: string) => ['missing-field', 'unknown-kind', 'kind-mismatch', 'invalid-value'].includes(code)

const drops = async (world: World, row: HeldRow): Promise<boolean> => {
  const { server, witness } = world
  const isDropped = await server.dropHeld(row.device, row.n)
  tell(world, () => `the administrator drops ${nameOf(row)} (${row.code})`)
  if (isDropped) witness.dropped.add(nameOf(row))
  noteServer(world)
  return isDropped && !heldOfHonest(world).some((one) => nameOf(one) === nameOf(row))
}
