import { on } from '#test/support/on.ts'
import { chanceOf } from './chance.ts'
import type { Truth } from './oracle.ts'
import { noteServer } from './wire.ts'
import { nameOf } from './witness.ts'
import { tell, type World } from './world.ts'

// Somebody with an enrolled tablet of an officer's in hand, who has heard every line of the others and may send what he likes. What he may
// gain by it is told here by rules of its own (docs/authority.md): captures in that officer's name, at that officer's places, and nothing else.

export const attacks = [
  'makes himself administrator',
  'names a supervisor',
  'names a colleague who is not there',
  'writes a key',
  'forges a signature',
  'replays what another tablet sent',
  'signs with the signature of another line',
  'captures as the officer',
  'captures elsewhere as the officer',
  'drops what is not his',
  'claims a head of the future',
  'claims a head of another log',
  'lets his base fall',
  'says names from outside',
  'settles a question of nobody',
  'enrols a tablet',
  'is revoked',
] as const
export type Attack = (typeof attacks)[number]

/** What the thief has done so far, kept beside a world. */
export interface Thief {
  /** The device of his tablet. */
  readonly device: string
  /** The supervisor's key there, whose private half is under her password: he knows what it is called. */
  key: string
  n: number
  /** Number of the log at which he was revoked, while that stands. */
  revokedAt: number | null
}

export const newThief = (stolen: Pick<Thief, 'device' | 'key'>): Thief => ({ ...stolen, n: 0, revokedAt: null })

interface Said {
  readonly author?: string
  readonly kind: string
  readonly record: string
  readonly set: object
  readonly base?: object
  readonly replaces?: number
}

const activity = (place: string) => ({ node: 'school', type: 'talk', place, heldOn: '2026-11-02' })
const garbage = (seed: number) => Buffer.from(chanceOf(seed).bytes(64)).toString('base64url')

/** One request of the thief's; the server answers it or refuses it, and nothing else may come of it. */
export const attack = async (world: World, how: Attack, which: number): Promise<void> => {
  const { thief, people, places, admin, witness, server, chance } = world
  const officer = people[1]!
  const known = world.records[which % world.records.length]!
  // what the officer has written elsewhere he may write here as well
  const heard = [...witness.lines.values()].filter((one) => (JSON.parse(one) as Said).author !== officer)
  const overheard = heard.length > 0 ? heard[which % heard.length]! : null
  const head = { epoch: server.epoch(), seq: server.head(), chain: 'f'.repeat(64) }
  const line = ({ author = officer, ...said }: Said, n = ++thief.n) =>
    JSON.stringify({ n, at: world.serverNow(), seen: 0, v: 1, author, ...said })
  const capture = (place: string, author = officer, more: object = {}) =>
    line({ author, kind: 'activity', record: world.id(), set: { ...activity(place), ...more } })
  const proof = (text: string) => `${text}\t${chance.happens(0.7) ? thief.key : world.id()}.${garbage(which)}`
  const before = thief.n
  const send = (lines: readonly string[], header: object = {}) => deliver(world, before, lines, header)
  switch (how) {
    case 'makes himself administrator':
      return send([
        line({ author: admin, kind: 'staff', record: officer, set: { roles: on('administrator') } }),
        line({ kind: 'staff', record: officer, set: { wholeProvince: true } }),
      ])
    case 'names a supervisor':
      return send([
        capture(places[0]!, people[2]!),
        line({
          author: people[2]!,
          kind: 'decision',
          record: world.id(),
          set: { about: known.id, verdict: 'approved', seen: 1 },
        }),
        line({ author: people[2]!, kind: 'place', record: places[0]!, set: { name: 'ของโจรสมมติ' } }),
      ])
    case 'names a colleague who is not there':
      return send([capture(places[0]!, people[0]!), capture(places[1]!, people[3]!)])
    case 'writes a key': {
      const set = { person: officer, device: thief.device, public: 'A'.repeat(43), proof: 'A'.repeat(86) }
      return send([
        line({ author: admin, kind: 'key', record: world.id(), set }),
        line({ kind: 'key', record: world.id(), set }),
      ])
    }
    case 'forges a signature':
      return send([
        proof(capture(places[0]!, people[2]!)),
        proof(line({ author: admin, kind: 'staff', record: officer, set: { roles: on('administrator') } })),
      ])
    case 'replays what another tablet sent':
      return overheard === null ? undefined : send([overheard])
    case 'signs with the signature of another line': {
      const signed = server.machine.rows(
        'select proof from changes where province = ? and proof like ?',
        server.province,
        '%.%',
      )
      const own = capture(places[0]!, people[2]!)
      return signed.length > 0 ? send([`${own}\t${signed[which % signed.length]!.proof}`]) : undefined
    }
    case 'captures as the officer':
      return send([capture(places[0]!)])
    case 'captures elsewhere as the officer':
      return send([capture(places[2]!), capture(world.id())])
    case 'drops what is not his': {
      const held = server.machine.rows(
        `select device, n from held where province = ? and state = 'held'`,
        server.province,
      )
      const n = (held[which % Math.max(1, held.length)]?.n ?? 1) as number
      return send([
        capture(places[0]!, people[2]!),
        line({ author: officer, kind: 'activity', record: known.id, set: {}, replaces: thief.n }),
        line({ author: people[0]!, kind: 'activity', record: known.id, set: {}, replaces: n }),
      ])
    }
    case 'claims a head of the future':
      return send([capture(places[0]!)], { head: { ...head, seq: head.seq + 1 + which } })
    case 'claims a head of another log':
      return send([capture(places[0]!)], { head: { ...head, epoch: world.id() } })
    case 'lets his base fall': {
      const base = { epoch: head.epoch, seq: head.seq }
      const [record, set] = [world.id(), activity(places[0]!)]
      const fallen = { outcome: `โจรสมมติ ${thief.n}` }
      return send(
        [
          line({ kind: 'activity', record, set, base }),
          line({ kind: 'activity', record, set: fallen, base: { ...base, seq: chance.below(base.seq + 1) } }),
        ],
        { head: { ...head, chain: server.chain() } },
      )
    }
    case 'says names from outside':
      return send([
        `{"n":${++thief.n},"at":${world.serverNow()},"seen":0,"v":1,"author":"${officer}","kind":"constructor","record":"${world.id()}","set":{}}`,
        capture(places[0]!, officer, { constructor: 'x', toString: 'y' }),
        `{"n":${++thief.n},"at":0,"seen":0,"v":1,"author":"__proto__","kind":"activity","record":"${world.id()}","set":{"__proto__":{"on":true}}}`,
      ])
    case 'settles a question of nobody':
      return send([
        line({ kind: 'question', record: world.id(), set: { about: known.id, text: 'ถามสมมติ', to: officer } }),
        line({ kind: 'question', record: world.id(), set: { answer: 'ตอบสมมติ' } }),
      ])
    case 'enrols a tablet':
      return send([
        line({
          author: admin,
          kind: 'tablet',
          record: world.id(),
          set: { name: 'ของโจร', wholeProvince: true, device: thief.device },
        }),
        line({ kind: 'tablet', record: world.id(), set: { name: 'ของโจร', admits: on(officer) } }),
      ])
    case 'is revoked': {
      const { device } = thief
      await server.machine.store.transaction(({ db }) =>
        db.updateTable('devices').set({ revoked_at: world.serverNow() }).where('id', '=', device).execute(),
      )
      thief.revokedAt ??= server.head()
    }
  }
}

const deliver = async (world: World, before: number, lines: readonly string[], header: object): Promise<void> => {
  const { thief, server, witness } = world
  tell(world, () => `the thief sends ${JSON.stringify(header)} ${lines.join(' ')}`)
  const body = [
    JSON.stringify({ protocol: 2, device: thief.device, now: world.serverNow(), ...header }),
    ...lines,
  ].join('\n')
  for (let n = before + 1; n <= thief.n; n++)
    if (!('head' in header)) witness.headless.add(nameOf({ device: thief.device, n }))
  const { status, text } = await server.answer(thief.device, body, { revoked: thief.revokedAt !== null, dies: false })
  tell(world, () => `the thief is answered: ${status} ${text.slice(0, 200)}`)
  if (status >= 500) witness.wrongs.push(`the server failed under an attack: ${text}`)
  noteServer(world)
}

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
    if (place !== undefined && !wasEverOf(world, log, people[1]!, place, row.seq))
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
