import { type LogRow, writesOf } from './fold.ts'
import type { Truth } from './oracle.ts'
import type { Said } from './thief-hand.ts'
import { nameOf } from './witness.ts'
import type { World } from './world.ts'

const captures: ReadonlySet<string> = new Set(['activity', 'training-session', 'person', 'attendance'])

/** What the thief has gained that he may not, and what others have lost by him; each in a sentence. */
export const judgeThief = (world: World, { log, held, epochs }: Truth): readonly string[] => {
  const { thief, people, witness, server } = world
  const wrongs: string[] = []
  for (const row of log.filter(({ device }) => device === thief.device)) {
    const { author, kind, record, set, replaces } = JSON.parse(row.line) as Said & { author: string }
    const gained = (what: string) => wrongs.push(`a right was gained: the thief's ${nameOf(row)} ${what}`)
    if (author !== people[1]) gained(`counts in the name of ${author}`)
    if (!captures.has(kind)) gained(`wrote a ${kind}`)
    // what the administrator has dropped before is nobody's any more
    if (replaces !== undefined && !witness.dropped.has(nameOf({ device: thief.device, n: replaces }))) {
      const replaced = held.find(({ device, n }) => device === thief.device && n === replaces)
      if (replaced && (JSON.parse(replaced.line) as Said).author !== author)
        gained('settled what somebody else had written')
    }
    if (replaces !== undefined && Object.keys(set).length === 0) continue
    if (thief.revokedAt !== null && row.seq > thief.revokedAt) gained('counts after he was revoked')
    const place = (set as { place?: string }).place
    if (place !== undefined && !wasEverOf(world, log, people[1]!, place, row.seq) && !hasMovedOn(log, row))
      gained(`wrote at ${place}, where he is not`)
    if (log.some((other) => other.seq < row.seq && other.device !== thief.device && recordOf(other.line) === record))
      gained(`altered what another tablet began`)
  }
  // who may do what is what the administrator has said, and nobody else
  for (const row of log) {
    const { kind } = JSON.parse(row.line) as Said
    if (kind !== 'staff' && kind !== 'tablet' && kind !== 'key') continue
    if (row.device !== ownDevice(world)) wrongs.push(`a right was given by ${row.device}: ${row.line}`)
  }
  wrongs.push(...judgeSent(world, log), ...judgeBases(world, log, epochs), ...judgeNames(world, log, held))
  for (const row of held) {
    if (row.device === thief.device && row.state !== 'held' && row.state !== 'accepted' && row.state !== 'dropped')
      wrongs.push(`what is held of the thief became ${row.state}`)
  }
  // without a restore nothing has been lost, and no epoch may have begun
  if (witness.tally.restores === 0 && epochs.length > 1) wrongs.push(`an epoch was begun by a word of a client`)
  if (server.head() !== log.length) wrongs.push('the head is not that of the log')
  return wrongs
}

const recordOf = (line: string) => (JSON.parse(line) as Said).record

const ownDevice = ({ server }: World): string =>
  server.machine.rows(`select value from settings where province = ? and name = 'own-device'`, server.province)[0]!
    .value as string

/** Whether the place was the officer's by the staff record as it stood at that number. */
const wasEverOf = (world: World, log: Truth['log'], officer: string, place: string, seq: number): boolean => {
  let isTheirs = false
  for (const row of log) {
    if (row.seq > seq) break
    const { kind, record, set } = JSON.parse(row.line) as Said
    if (kind !== 'staff' || record !== officer || row.device !== ownDevice(world)) continue
    const entry = (set as { places?: Record<string, { on?: boolean }> }).places?.[place]
    if (entry?.on !== undefined) isTheirs = entry.on
  }
  return isTheirs
}

/** What the same tablet had said later, and came first, stands: of the earlier place nothing counts. */
const hasMovedOn = (log: Truth['log'], { device, n, seq, line }: LogRow): boolean =>
  log.some((other) => {
    if (other.device !== device || other.n <= n || other.seq > seq) return false
    const { record, set } = JSON.parse(other.line) as Said
    return record === recordOf(line) && 'place' in set
  })

/** Of his numbers each stands for the first words that he has said under it, and nothing counts that was sealed for elsewhere. */
const judgeSent = ({ thief, witness }: World, log: Truth['log']): readonly string[] => {
  if (witness.tally.restores > 0) return []
  const taken = thief.sent.filter(({ isTaken }) => isTaken)
  return log
    .filter(({ device }) => device === thief.device)
    .flatMap((row) => {
      const first = taken.find(({ n }) => n === row.n)
      if (first?.line !== row.line) return [`a right was gained: ${nameOf(row)} counts with other words than its first`]
      const isOfHere = taken.some(({ line, isOfHere }) => line === row.line && isOfHere)
      return isOfHere ? [] : [`a right was gained: ${nameOf(row)} counts, and was sealed for another province`]
    })
}

/** Without a head that the server has signed he has seen nothing but what stood when an epoch began. */
const judgeBases = ({ thief }: World, log: Truth['log'], epochs: Truth['epochs']): readonly string[] => {
  const shown = new Set(thief.sent.flatMap(({ isShown, line }) => (isShown ? [line] : [])))
  const lines = new Map(log.map((row) => [row.seq, row.line]))
  const certain = Math.max(...epochs.map(({ begins_after }) => begins_after))
  return [...writesOf(log, epochs).values()].flatMap(({ writes }) =>
    writes
      .filter(({ device, seq }) => device === thief.device && !shown.has(lines.get(seq)!))
      .filter(({ base, bases: [least] }) => base > Math.max(least, certain))
      .map((one) => `a right was gained: ${nameOf(one)} counts as having seen ${one.base}, and has shown no head`),
  )
}

/** In a colleague's name, as a tablet, stands only what that tablet has written. */
const judgeNames = ({ tablets, witness }: World, log: Truth['log'], held: Truth['held']): readonly string[] => {
  const honest = new Set(tablets.map(({ device }) => device))
  return [...log, ...held]
    .filter((row) => honest.has(row.device) && witness.lines.get(nameOf(row)) !== row.line)
    .map((row) => `a right was gained: ${nameOf(row)} was never written there: ${row.line}`)
}
