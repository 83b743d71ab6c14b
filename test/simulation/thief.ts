import { on } from '#test/support/on.ts'
import { type BundleAttack, bundleAttacks, carry, isBundleAttack } from './thief-courier.ts'
import { activity, handOf, push, type SentByThief } from './thief-hand.ts'
import { isOrderAttack, type OrderAttack, orderAttacks, sendOutOfOrder } from './thief-order.ts'
import type { World } from './world.ts'

// Somebody with an enrolled tablet of an officer's in hand, who has heard every line of the others and may send what he likes. What he may
// gain by it is told by rules of their own (judge-thief.ts): captures in that officer's name, at that officer's places, and nothing else.

const pushAttacks = [
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
  'claims to have lost a head',
  'lets his base fall',
  'says names from outside',
  'settles a question of nobody',
  'enrols a tablet',
  'is revoked',
] as const
type PushAttack = (typeof pushAttacks)[number]

export const attacks = [...pushAttacks, ...orderAttacks, ...bundleAttacks] as const
export type Attack = PushAttack | OrderAttack | BundleAttack

/** What the thief has done so far, kept beside a world. */
export interface Thief {
  /** The device of his tablet. */
  readonly device: string
  /** The supervisor's key there, whose private half is under her password: he knows what it is called. */
  key: string
  n: number
  /** Number of the log at which he was revoked, while that stands. */
  revokedAt: number | null
  /** How many requests he has made, and what was in them. */
  requests: number
  readonly sent: SentByThief[]
  /** What colleagues have sealed and given to him. */
  readonly bag: string[]
}

export const attack = (world: World, how: Attack, which: number): Promise<void> => {
  if (isBundleAttack(how)) return carry(world, how, which)
  return isOrderAttack(how) ? sendOutOfOrder(world, how, which) : sendAmiss(world, how, which)
}

const sendAmiss = async (world: World, how: PushAttack, which: number): Promise<void> => {
  const { thief, people, places, admin, server, chance } = world
  const { officer, line, capture, known, overheard, head, trueHead, forged, underAnother, fromOutside } = handOf(
    world,
    which,
  )
  const send = (lines: readonly string[], header: object = {}) => push(world, lines, header)
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
        forged(capture(places[0]!, people[2]!)),
        forged(line({ author: admin, kind: 'staff', record: officer, set: { roles: on('administrator') } })),
      ])
    case 'replays what another tablet sent':
      return overheard === null ? undefined : send([overheard])
    case 'signs with the signature of another line': {
      const signed = underAnother(capture(places[0]!, people[2]!))
      return signed === null ? undefined : send([signed])
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
    case 'claims to have lost a head': {
      const [record, base] = [world.id(), { epoch: head.epoch, seq: head.seq + 1 + which }]
      const lines = [
        line({ kind: 'activity', record, set: activity(places[0]!) }),
        line({ kind: 'activity', record, set: { outcome: `โจรสมมติ ${thief.n}` }, base }),
      ]
      return send(lines, { lost: { ...head, seq: head.seq + 1 + which } })
    }
    case 'lets his base fall': {
      const base = { epoch: head.epoch, seq: head.seq }
      const [record, set] = [world.id(), activity(places[0]!)]
      const fallen = { outcome: `โจรสมมติ ${thief.n}` }
      const lines = [
        line({ kind: 'activity', record, set, base }),
        line({ kind: 'activity', record, set: fallen, base: { ...base, seq: chance.below(base.seq + 1) } }),
      ]
      return push(world, lines, { head: trueHead }, true)
    }
    case 'says names from outside':
      return send(fromOutside())
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
    case 'is revoked':
      await server.revoke(thief.device)
      thief.revokedAt ??= server.head()
  }
}
