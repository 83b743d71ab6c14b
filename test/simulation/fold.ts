// How records come about, told once more and by other means than the program does, from the design's own words: "a write replaces every
// write it had seen; the field's policy decides only between writes that had not seen each other". It shares no code with the program.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface LogRow {
  readonly seq: number
  readonly device: string
  readonly n: number
  readonly stamp: number
  readonly chain: string
  readonly digest: string
  readonly received_at: number
  /** As the server has counted it. */
  readonly base: number
  readonly line: string
  readonly proof: string | null
}

export interface EpochRow {
  readonly epoch: string
  readonly begins_after: number
  readonly begun_at: number
}

export interface Written {
  readonly seq: number
  readonly device: string
  readonly n: number
  readonly stamp: number
  readonly author: string
  /** Greatest number that the author had seen, as the server counts it; and what it may come to: without a head, with one, and with one of a
   * log that was lost, which counts no further than what stood when the request came. */
  readonly base: number
  readonly bases: readonly [least: number, said: number, stood: number]
  readonly set: Readonly<Record<string, Json>>
}

/** A record as everybody who may read it must see it. */
export interface Told {
  readonly id: string
  readonly kind: string
  readonly values: Readonly<Record<string, Json>>
  /** By field, the different values that people have to settle, as sorted JSON. */
  readonly conflicts: Readonly<Record<string, readonly string[]>>
  readonly withdrawn: boolean
  readonly author: string
}

type Policy = 'latest' | 'ask' | 'keyed'

/** Fields of which people settle what was written without knowing each other. */
export const asked: ReadonlySet<string> = new Set(['from15Female', 'outcome', 'note'])
const keyed = new Set(['rightsAreas', 'modules', 'marks', 'roles', 'places'])
/** Fields that only a later version declares: until then their siblings are kept, as of everything unknown. */
const laterFields: Readonly<Record<string, Policy>> = { weather: 'latest' }
const unknownFields = new Set(['seat', 'weather'])

const policyFor = (field: string, isLater: boolean): Policy => {
  if (keyed.has(field)) return 'keyed'
  if (isLater && laterFields[field]) return laterFields[field]
  return asked.has(field) || unknownFields.has(field) ? 'ask' : 'latest'
}

/** Every record of a log. `isLater` says whether the reader is of the later version. */
export const tell = (log: readonly LogRow[], epochs: readonly EpochRow[], isLater: boolean): Map<string, Told> =>
  new Map([...writesOf(log, epochs)].map(([id, { kind, writes }]) => [id, tellOne(id, kind, writes, isLater)]))

/** What a log says of each record, in the order of the log. */
export const writesOf = (log: readonly LogRow[], epochs: readonly EpochRow[]) => {
  const written = new Map<string, { kind: string; writes: Written[] }>()
  let sent: LogRow | null = null
  let headBefore = 0
  for (const row of log) {
    // what came at one moment from one device may have come in one request
    if (sent?.device !== row.device || sent.received_at !== row.received_at) headBefore = row.seq - 1
    sent = row
    const line = JSON.parse(row.line) as {
      record: string
      kind: string
      author: string
      base?: { epoch: string; seq: number }
      replaces?: number
      set: Record<string, Json>
    }
    if (line.replaces !== undefined && Object.keys(line.set).length === 0) continue
    const known = written.get(line.record) ?? { kind: line.kind, writes: [] }
    written.set(line.record, known)
    const { seq, device, n, stamp } = row
    // whoever wrote to it before had seen no less the second time, also where the log that the second one speaks of was lost
    const before = known.writes.filter((one) => one.device === device && one.n < n).map(({ base }) => base)
    const least = Math.max(0, ...before)
    const upTo = (head: number) => Math.max(least, seenBy(line.base, epochs, row, head))
    const bases = [least, upTo(seq - 1), upTo(headBefore)] as const
    known.writes.push({ seq, device, n, stamp, author: line.author, base: row.base, bases, set: line.set })
  }
  return written
}

/** What lay above the beginning of a later epoch was lost with the log it belonged to, and was never seen. */
const seenBy = (
  base: { epoch: string; seq: number } | undefined,
  epochs: readonly EpochRow[],
  { received_at }: LogRow,
  head: number,
): number => {
  const at = base ? epochs.findIndex(({ epoch }) => epoch === base.epoch) : -1
  if (!base || at < 0) return 0
  const since = epochs.slice(at + 1).filter(({ begun_at }) => begun_at <= received_at)
  return Math.min(base.seq, head, ...since.map(({ begins_after }) => begins_after))
}

const isNewer = (a: Written, b: Written) => (a.stamp === b.stamp ? a.seq > b.seq : a.stamp > b.stamp)
export const hadSeen = (a: Written, b: Written) => b.seq <= a.base || (a.device === b.device && b.n < a.n)
const newestFirst = (writes: readonly Written[]) => [...writes].sort((a, b) => (isNewer(a, b) ? -1 : 1))

/**
 * What was held and came into the log after what the same device had written later says nothing any more of what was said there: a person's
 * later words stand, whenever the earlier ones come.
 */
const standing = (all: readonly Written[], field: string): readonly Written[] =>
  all.flatMap((one) => {
    const later = all.filter(({ device, n, seq }) => device === one.device && n > one.n && seq < one.seq)
    if (later.length === 0) return [one]
    if (!keyed.has(field)) return []
    const left = Object.entries(one.set[field] as Keyed).map(([key, parts]) => {
      const isSaid = (part: string) => later.some(({ set }) => part in ((set[field] as Keyed)[key] ?? {}))
      return [key, Object.fromEntries(Object.entries(parts).filter(([part]) => !isSaid(part)))]
    })
    return [{ ...one, set: { ...one.set, [field]: Object.fromEntries(left) } }]
  })

type Keyed = Readonly<Record<string, Readonly<Record<string, Json>>>>

const tellOne = (id: string, kind: string, writes: readonly Written[], isLater: boolean): Told => {
  const values: Record<string, Json> = {}
  const conflicts: Record<string, readonly string[]> = {}
  let withdrawn = false
  for (const field of new Set(writes.flatMap(({ set }) => Object.keys(set)))) {
    const all = newestFirst(
      standing(
        writes.filter(({ set }) => field in set),
        field,
      ),
    )
    const newest = all[0]!.set[field]!
    if (field === 'withdrawn') {
      withdrawn = newest !== null
      continue
    }
    const policy = policyFor(field, isLater)
    const shown = policy === 'keyed' ? keyedValue(all, field) : newest
    if (shown !== null) values[field] = shown
    if (policy !== 'ask') continue
    const left = all.filter((one) => !all.some((other) => other !== one && hadSeen(other, one)))
    const texts = [...new Set(left.map(({ set }) => sortedJson(set[field]!)))]
    if (texts.length > 1) conflicts[field] = texts.sort()
  }
  const first = writes.reduce((a, b) => (b.seq < a.seq ? b : a))
  return { id, kind, values, conflicts, withdrawn, author: first.author }
}

/** By key and by part the newest; a key that was taken out is not there. */
const keyedValue = (all: readonly Written[], field: string): Json => {
  const keys: Record<string, Record<string, Json>> = {}
  for (const { set } of all) {
    for (const [key, parts] of Object.entries(set[field] as Record<string, Record<string, Json>>)) {
      keys[key] = { ...parts, ...keys[key] }
    }
  }
  return Object.fromEntries(
    Object.entries(keys)
      .filter(([, parts]) => parts.on === true)
      .map(([key, parts]) => [key, Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null))]),
  )
}

/** JSON that is the same text for the same value. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
