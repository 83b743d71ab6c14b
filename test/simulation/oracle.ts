import { createHash } from 'node:crypto'
import type { StaffId } from '#domain/kernel/id.ts'
import { judgeDoubts } from './doubts.ts'
import {
  asked,
  type EpochRow,
  hadSeen,
  type LogRow,
  sortedJson,
  type Told,
  tell,
  type Written,
  writesOf,
} from './fold.ts'
import { judgeThief } from './judge-thief.ts'
import { apartIn } from './placing.ts'
import { programs } from './program.ts'
import type { Page, Tablet } from './tablet.ts'
import { type Kept, nameOf, wordsOf } from './witness.ts'
import type { World } from './world.ts'

export interface HeldRow {
  readonly device: string
  readonly n: number
  readonly code: string
  readonly state: string
  readonly line: string
}

/** What the server has, read from its tables. */
export interface Truth {
  readonly log: readonly LogRow[]
  readonly held: readonly HeldRow[]
  readonly epochs: readonly EpochRow[]
  readonly head: { readonly seq: number; readonly chain: string }
}

export const truthOf = ({ server: { machine, province } }: World): Truth => ({
  log: machine.rows('select * from changes where province = ? order by seq', province) as unknown as LogRow[],
  held: machine.rows('select * from held where province = ?', province) as unknown as HeldRow[],
  epochs: machine.rows('select * from epochs where province = ? order by ordinal', province) as unknown as EpochRow[],
  head: machine.rows('select seq, chain from provinces where id = ?', province)[0] as unknown as Truth['head'],
})

/** Everything that is wrong at the end of a history, once all has come to rest; each in a sentence. */
export const judge = async (world: World): Promise<readonly string[]> => {
  const truth = truthOf(world)
  const stillHeld = heldOnTablets(world)
  const wrongs = [
    ...world.witness.wrongs,
    ...judgeLog(truth),
    ...judgeMissing(truth),
    ...judgeDropped(truth),
    ...judgeKept(world, truth, stillHeld),
    ...judgeSight(world, truth),
    ...judgeThief(world, truth),
    ...judgeDoubts(world, truth),
  ]
  // what a restore took may be offered again in another order
  if (world.witness.life === 0) wrongs.push(...judgeOrder(world, truth))
  for (const tablet of world.tablets) {
    const page = tablet.pages[0]
    if (tablet.revoked) continue
    if (!page?.store) wrongs.push(`tablet ${tablet.number} never opened again`)
    else wrongs.push(...(await judgeTablet(world, truth, tablet, page)))
  }
  return wrongs
}

/**
 * What tablets say is held back. A server that was put back to before it held a change, without its log being any shorter, has lost
 * it; the tablet has it still, and somebody is asked to mend it.
 */
const heldOnTablets = ({ tablets }: World): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { pages, device } of tablets) {
    for (const { n } of pages[0]?.store?.held.peek() ?? []) names.add(nameOf({ device, n }))
  }
  return names
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex')

/** The log is one chain without a gap, and every change stands in it once. */
const judgeLog = ({ log, head }: Truth): string[] => {
  const wrongs: string[] = []
  const seen = new Set<string>()
  let chain = ''
  for (const [index, row] of log.entries()) {
    if (row.seq !== index + 1) wrongs.push(`the log goes from ${index} to ${row.seq}`)
    if (row.digest !== sha(`${row.device}\n${row.line}`)) wrongs.push(`the digest of ${row.seq} is not of its line`)
    const proof = row.proof === null ? '' : `:${row.proof}`
    chain = sha(`${chain}:${row.seq}:${row.device}:${row.n}:${row.digest}:${row.stamp}${proof}`)
    if (row.chain !== chain) wrongs.push(`the chain breaks at ${row.seq}`)
    if (seen.has(nameOf(row))) wrongs.push(`change ${row.n} of ${row.device} stands in the log twice`)
    seen.add(nameOf(row))
  }
  wrongs.push(...judgeStamps(log), ...judgeBeginnings(log))
  if (head.seq !== log.length || head.chain !== chain)
    wrongs.push(`the head says ${head.seq}, the log ends at ${log.length}`)
  return wrongs
}

const needed: Readonly<Record<string, readonly string[]>> = {
  'training-session': ['place', 'heldOn'],
  activity: ['node', 'type', 'place', 'heldOn'],
  visit: ['node', 'type', 'place', 'heldOn'],
  attendance: ['session', 'person'],
}

/** What begins a record has everything that its kind needs, whatever its writer believed to be there already. */
const judgeBeginnings = (log: readonly LogRow[]): string[] => {
  const begun = new Set<string>()
  return log.flatMap(({ seq, line }) => {
    const read = JSON.parse(line) as Line
    const { record, kind, set } = read
    if (begun.has(record) || isDropped(read)) return []
    begun.add(record)
    const lacks = (needed[kind] ?? []).find((field) => set[field] === undefined || set[field] === null)
    return lacks === undefined ? [] : [`${seq} begins a record without its ${lacks}`]
  })
}

const isDropped = ({ replaces, set }: Line) => replaces !== undefined && Object.keys(set).length === 0

/** What is held because its record had not begun is let go when that begins, whoever begins it. */
const judgeMissing = ({ log, held }: Truth): string[] => {
  const lines = log.map(({ line }) => JSON.parse(line) as Line)
  const begun = new Set(lines.flatMap((line) => (isDropped(line) ? [] : line.record)))
  return held
    .filter(
      ({ state, code, line }) =>
        state === 'held' && code === 'missing-field' && begun.has((JSON.parse(line) as Line).record),
    )
    .map((row) => `${nameOf(row)} is held for what its record lacks, and its record has begun`)
}

/** What was let go of does not come back, whoever brings it once more. */
const judgeDropped = ({ log, held }: Truth): string[] => {
  const lines = new Set(log.map(({ device, line }) => `${device} ${line}`))
  return held
    .filter(({ state, device, line }) => (state === 'dropped' || state === 'mended') && lines.has(`${device} ${line}`))
    .map((row) => `${nameOf(row)} was ${row.state}, and stands in the log`)
}

interface Line {
  readonly record: string
  readonly kind: string
  readonly replaces?: number
  readonly set: Readonly<Record<string, unknown>>
}

/** Nobody's clock brings a change beyond the time at which it came, but for following another. */
const judgeStamps = (log: readonly LogRow[]): string[] => {
  let greatest = 0
  const wrongs: string[] = []
  for (const { seq, stamp, received_at } of log) {
    if (stamp > Math.max(received_at, greatest + 1)) wrongs.push(`${seq} is stamped ahead of the time at which it came`)
    greatest = Math.max(greatest, stamp)
  }
  return wrongs
}

/** Later changes of a device to a record of which one is held back wait for it (law 6). */
const judgeOrder = ({ thief }: World, { log, held }: Truth): string[] => {
  const requests = new Map(thief.sent.toReversed().map(({ line, request }) => [line, request]))
  /** Nothing waits for what only comes in a later request. */
  const cameFirst = (one: LogRow, other: HeldRow) =>
    one.device === thief.device && requests.get(one.line)! < requests.get(other.line)!
  const read = (line: string) => JSON.parse(line) as { record: string; author: string; replaces?: number }
  return held
    .filter(({ state, code }) => state === 'held' && code !== 'waits-for-held' && code !== 'forked-device')
    .flatMap((row) =>
      log.filter((one) => {
        const { device, n, line } = one
        const { record, author, replaces } = read(line)
        if (cameFirst(one, row)) return false
        // what is held for its proof keeps its author's alone waiting
        if (row.code === 'unknown-author' && author !== read(row.line).author) return false
        // what mends an earlier one goes first by right
        return device === row.device && n > row.n && record === read(row.line).record && replaces === undefined
      }),
    )
    .map(({ n, device }) => `change ${n} of ${device} has overtaken one that is held back`)
}

/** Nothing that a person was told is saved is lost, and nothing counts twice. */
const judgeKept = ({ witness, thief }: World, { log, held }: Truth, stillHeld: ReadonlySet<string>): string[] => {
  const wrongs: string[] = []
  const rows = new Map(log.map((row) => [nameOf(row), row]))
  const back = new Map(held.map((row) => [nameOf(row), row]))
  /** The words of all that the server has. */
  const arrived = new Set<string>()
  for (const { line } of [...log, ...held]) {
    const { record, set } = JSON.parse(line) as { record: string; set: unknown }
    arrived.add(wordsOf(record, set))
  }
  const mended = new Map<string, string>()
  for (const { device, line } of log) {
    const { n, replaces } = JSON.parse(line) as { n: number; replaces?: number }
    if (replaces !== undefined) mended.set(nameOf({ device, n: replaces }), nameOf({ device, n }))
  }
  /** Whether it was mended by a change in the log, or by a held one that was itself mended, or the administrator has dropped it. */
  const wasMended = (name: string): boolean => {
    if (mended.has(name) || witness.dropped.has(name)) return true
    const [device, n] = name.split(' ') as [string, string]
    return held.some(
      (row) =>
        row.device === device &&
        (JSON.parse(row.line) as { replaces?: number }).replaces === Number(n) &&
        wasMended(nameOf(row)),
    )
  }
  /** A revoked tablet forgets everything once it has handed it over; a server that loses it after that has lost it. */
  const isForgotten = (kept: Kept) => kept.tablet.revoked && kept.names.some((name) => witness.taken.has(name))
  /** A tab may die with a save in its journal alone; what the same draft said later, saved in another tab, has then taken its place. */
  const wasAltered = ({ page, key, words }: Kept) => {
    const tries = witness.tries.filter((one) => one.key === key)
    const since = tries.slice(tries.findIndex((one) => one.words === words))
    return since.some((one) => one.page !== page && one.words !== words && arrived.has(one.words))
  }
  const told = new Set(witness.kept.map(({ words }) => words))
  /** A draft that said something else in between, and then the first again, was altered twice, whether or not a tab lived to tell it. */
  const wasReturnedTo = ({ key, words }: Kept) => {
    const said = witness.tries.flatMap((one) => (one.key === key ? one.words : []))
    const between = said.slice(said.indexOf(words), said.lastIndexOf(words))
    return between.some((other) => other !== words && (told.has(other) || arrived.has(other)))
  }
  const returned = new Set<string>()
  const seen = new Set<string>()
  const byNumber = new Map<string, Kept>()
  for (const kept of witness.kept) {
    const name = nameOf(kept)
    const other = byNumber.get(name)
    if (other && (other.key !== kept.key || other.words !== kept.words))
      wrongs.push(`number ${kept.n} of tablet ${kept.tablet.number} was given twice`)
    byNumber.set(name, kept)
    const draft = `${kept.key} ${kept.words}`
    if (seen.has(draft)) continue
    seen.add(draft)
    // what was dropped or mended and is saved again is a change of its own
    const standing = kept.names.filter((one) => (rows.has(one) || back.has(one)) && !wasMended(one))
    // what was let go of before it was saved again may be offered once more to a server that has forgotten that
    if (wasReturnedTo(kept) || kept.names.some(wasMended)) returned.add(kept.words)
    else if (standing.length > 1) wrongs.push(`one draft counts as each of ${kept.names.join(', ')}`)
    const standsFor = kept.names.find((one) => rows.has(one) || back.has(one) || stillHeld.has(one)) ?? name
    const row = rows.get(standsFor)
    const waiting = back.get(standsFor)
    if (row) {
      const line = JSON.parse(row.line) as { record: string; set: unknown }
      if (line.record !== kept.record || sortedJson(line.set) !== sortedJson(kept.set))
        wrongs.push(`change ${standsFor} stands in the log as another one`)
    } else if (
      !waiting &&
      !stillHeld.has(standsFor) &&
      !isForgotten(kept) &&
      !wasAltered(kept) &&
      !kept.names.some(wasMended)
    )
      wrongs.push(`change ${kept.n} of tablet ${kept.tablet.number} is lost: ${JSON.stringify(kept.set)}`)
    else if (waiting && waiting.state !== 'held' && !wasMended(standsFor))
      wrongs.push(`held change ${standsFor} was settled (${waiting.state}), and nobody had mended or dropped it`)
  }
  for (const { code, device, n } of held) {
    if (code === 'forked-device' && device !== thief.device)
      wrongs.push(`number ${n} of ${device} went out with two contents`)
  }
  const tags = new Set<string>()
  for (const { line } of log) {
    const { record, set } = JSON.parse(line) as { record: string; set: unknown }
    if (returned.has(wordsOf(record, set))) continue
    // what is mended or struck names once more what it mends or strikes
    if (/"replaces"|"struckBy"/.test(line)) continue
    for (const tag of line.match(/w\.\d+\.\d+/g) ?? []) {
      if (tags.has(tag)) wrongs.push(`what was written once stands in the log twice: ${tag}`)
      tags.add(tag)
    }
  }
  return wrongs
}

/**
 * What counts as seen was seen: on the form it was saved from, by whoever wrote what stood there, or on the same tablet when something else of the
 * record was saved there before (law 5). Else somebody's words would go without anybody having been asked.
 */
const judgeSight = (world: World, { log, epochs }: Truth): string[] => {
  const { witness } = world
  const wrongs: string[] = []
  for (const [record, { writes }] of writesOf(log, epochs)) {
    wrongs.push(...writes.flatMap((one) => wrongBase(world, one)))
    for (const field of asked) {
      const all = writes.filter(({ set }) => field in set)
      const written = new Map(all.map((one) => [sortedJson(one.set[field]!), one]))
      const sightsOf = ({ set }: { set: unknown }) =>
        (witness.sights.get(wordsOf(record, set)) ?? []).flatMap((sight) => sight[field] ?? [])
      /** Who wrote what was shown; of what never came into the log, whoever had been shown to its writer. */
      const metBy = (texts: readonly string[], before = new Set<string>()): readonly Written[] =>
        texts.flatMap((text) => {
          const writer = written.get(text)
          if (writer || before.has(text)) return writer ?? []
          before.add(text)
          const unlogged = witness.kept.filter((one) => one.record === record && saysIn(one.set, field) === text)
          return unlogged.flatMap((one) => metBy(sightsOf(one), before))
        })
      for (const later of all) {
        const met = metBy(sightsOf(later))
        for (const earlier of all) {
          if (earlier === later || earlier.device === later.device || !hadSeen(later, earlier)) continue
          const before = writes.filter(({ device, n }) => device === later.device && n < later.n)
          // what a tablet could not show to have read it had read all the same
          const had = (one: Written) => hadSeen({ ...one, base: one.bases[1] }, earlier)
          if ([...met, ...before].some((one) => one === earlier || had(one))) continue
          wrongs.push(`${field}: ${nameOf(later)} counts as having seen ${nameOf(earlier)}, and had not`)
        }
      }
    }
  }
  return wrongs
}

/**
 * A base counts as it was said, as far as its log still stands; of a tablet whose head moves nothing it may count nothing. What a thief claims to
 * have seen is judged by rules of its own.
 */
const wrongBase = ({ witness: { headless }, thief }: World, one: Written): readonly string[] => {
  const [least, said, stood] = one.bases
  if (one.device === thief.device && headless.has(nameOf(one))) return []
  if (one.base === said || one.base === stood || (one.base === least && headless.has(nameOf(one)))) return []
  return [`${nameOf(one)} counts as having seen ${one.base}, and said ${said}`]
}

/** What a change says in a field, as sorted JSON; undefined where it says nothing. */
const saysIn = (set: unknown, field: string): string | undefined => {
  const said = set as Readonly<Record<string, unknown>>
  return field in said ? sortedJson(said[field]) : undefined
}

const kinds = ['place', 'staff', 'training-session', 'attendance', 'activity', 'visit'] as const

/** Who reads what: by the place of a record, or of the record above it; without one, its author and who reads everything. */
const readersOf = (records: ReadonlyMap<string, Told>, apart: ReadonlySet<string>) => {
  const scopeOf = (one: Told): string => {
    if (one.kind === 'place' || one.kind === 'staff') return '*'
    const above = one.kind === 'attendance' ? records.get(one.values.session as string) : undefined
    if (one.kind === 'attendance') return above && !apart.has(one.id) ? scopeOf(above) : `?${one.author}`
    return (one.values.place as string | undefined) ?? `?${one.author}`
  }
  return (person: string, one: Told): boolean => {
    const { places, wholeProvince } = records.get(person)!.values as { places?: object; wholeProvince?: boolean }
    const scope = scopeOf(one)
    return scope === '*' || wholeProvince === true || scope === `?${person}` || scope in (places ?? {})
  }
}

/** The tablet shows what the server has, to those who may read it, and nothing else; its queue is empty and its badge says so. */
const judgeTablet = async (world: World, truth: Truth, tablet: Tablet, page: Page): Promise<string[]> => {
  const store = page.store!
  const wrongs: string[] = []
  const say = (text: string) => wrongs.push(`tablet ${tablet.number}: ${text}`)
  const isLater = page.program === programs.later
  const records = tell(truth.log, truth.epochs, isLater)
  const own = tell(
    truth.log.filter(({ device }) => device === tablet.device),
    truth.epochs,
    isLater,
  )
  const mayRead = readersOf(records, apartIn(truth.log, truth.epochs))
  const person = store.people.current.peek()!.id as string
  const heldThere = truth.held.filter(({ device, state }) => device === tablet.device && state === 'held')
  const heldHere = store.held.peek()
  const heldRecords = new Set(heldHere.map(({ record }) => record as string))

  const shown = new Map<string, Awaited<ReturnType<typeof store.record>>>()
  for (const kind of kinds) {
    const declared = page.program.kindOf(kind)
    if (!declared) continue
    for (const one of await store.records(declared, { withdrawn: true })) shown.set(one.id, one)
  }
  for (const one of records.values()) {
    const here = shown.get(one.id)
    if (heldRecords.has(one.id) || !kinds.includes(one.kind as (typeof kinds)[number])) continue
    if (one.kind === 'visit' && !isLater) continue
    if (!here) {
      if (mayRead(person, one)) say(`${one.kind} ${one.id} is missing`)
      continue
    }
    const mine = sortedJson([here.values, here.withdrawn !== null, conflictsOf(here)])
    const isReadable = tablet.people.some((each) => mayRead(each, one))
    if (!isReadable) {
      // A server that was put back does not know all that a tablet has read, nor all that it was allowed to: what should leave it then stays.
      if (world.witness.life > 0) continue
      // what it wrote itself it may keep
      const alone = own.get(one.id)
      if (alone && sortedJson([alone.values, alone.withdrawn, alone.conflicts]) === mine) continue
      say(`${one.kind} ${one.id} is still there, and nobody here may read it`)
      continue
    }
    if (!mayRead(person, one)) continue
    const theirs = sortedJson([
      one.values,
      one.withdrawn,
      isLater === isServerLater(world) ? one.conflicts : conflictsBoth(one, here),
    ])
    if (mine !== theirs) say(`${one.kind} ${one.id} is shown as ${mine}, and is ${theirs}`)
    if (here.safety !== 'safe') say(`${one.kind} ${one.id} is called ${here.safety} at the end`)
  }
  for (const one of shown.values()) {
    // what a restore took and nobody can offer again stays where it was read: the server's loss deletes nothing
    const wasLost = world.witness.life > 0 && world.witness.recordsHad.has(one!.id)
    if (!records.has(one!.id) && !heldRecords.has(one!.id) && !wasLost)
      say(`${one!.kind} ${one!.id} is shown, and the server has none`)
  }
  const queue = await store.exchange.queue()
  if (queue.length > 0) say(`${queue.length} changes still wait`)
  const { failure } = page.sync!.state.peek()
  if (failure) say(`the exchange says ${failure.code} at the end`)
  const badge = page.sync!.badge.peek()
  const counted = store.counts.peek().held
  if (counted !== heldHere.length) say(`${counted} are said to be held, ${heldHere.length} are`)
  const settledThere = truth.held.filter(({ device, state }) => device === tablet.device && state !== 'held')
  for (const { n, record, kind, set } of heldHere) {
    const isKnown = page.program.kindOf(kind) !== undefined
    if (isKnown && Object.keys(set).length > 0 && !shown.has(record))
      say(`${kind} ${record} is not shown, and ${n} of it is held`)
    if (settledThere.some((one) => one.n === n)) say(`${n} is said to be held, and was settled`)
  }
  for (const { n, code } of heldThere) {
    // a server that was put back to before it was told what becomes of a held change asks its administrator once more
    const wasSettled = world.witness.life > 0 && world.witness.had.has(nameOf({ device: tablet.device, n }))
    const told = heldHere.find((one) => one.n === n)
    if (!wasSettled && !told) say(`${n} is held, and is not said to be`)
    // a restored server may have forgotten that the reason altered
    if (told && told.failure.code !== code && world.witness.life === 0)
      say(`${n} is held as ${code}, and said to be held as ${told.failure.code}`)
  }
  if (badge.state === 'tablet' || badge.state === 'sending') say(`the badge says ${badge.state} at the end`)
  if (badge.state === 'safe' && heldHere.length > 0) say('the badge says safe, and something is held')
  return wrongs
}

const isServerLater = ({ server }: World) => server.program === programs.later

type Shown = { readonly conflicts: Readonly<Record<string, readonly { readonly value: unknown }[]>> }

const conflictsOf = ({ conflicts }: Shown): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(conflicts).map(([field, all]) => [
      field,
      [...new Set(all.map(({ value }) => sortedJson(value)))].sort(),
    ]),
  )

/** Between two versions the conflicts of a field that only one declares may differ until both are of the same. */
const conflictsBoth = (one: Told, here: Shown) => ({
  ...one.conflicts,
  weather: conflictsOf(here).weather,
})

export type Reader = StaffId
