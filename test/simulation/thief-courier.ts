import { type Bundle, bundleText } from '#domain/bundle.ts'
import { bundlesFrom } from './carrying.ts'
import { credentialOf } from './server.ts'
import { type Hand, handOf, noteThief } from './thief-hand.ts'
import { noteServer } from './wire.ts'
import { tell, type World } from './world.ts'

// The thief's tablet as a courier. What he seals himself, he seals as his own tablet does; what colleagues have sealed he cannot read, and
// may bring, bring late, bring twice, leave behind or spoil.

export const bundleAttacks = [
  'carries names that are not proven there',
  'carries a head of the future',
  'carries a head of another log',
  'carries a line twice',
  'carries names from outside',
  'carries what colleagues wrote as his own',
  'carries a signature of another line',
  'carries a seal that is cut',
  'carries for another province',
  'carries as a colleague’s tablet',
  'carries for a colleague',
  'spoils what a colleague has sealed',
] as const
export type BundleAttack = (typeof bundleAttacks)[number]

export const isBundleAttack = (how: string): how is BundleAttack => (bundleAttacks as readonly string[]).includes(how)

export const carry = async (world: World, how: BundleAttack, which: number): Promise<void> => {
  if (how === 'carries for a colleague') return carryFor(world, which)
  if (how === 'spoils what a colleague has sealed') return spoil(world, which)
  const own = poisoned(world, how, handOf(world, which), which)
  if (own) await bringOwn(world, own, { isCut: how === 'carries a seal that is cut' })
}

/** What is in his bundle; null where he has heard nothing that he could put into it. */
const poisoned = (
  world: World,
  how: BundleAttack,
  { officer, line, capture, known, overheard, head, trueHead, underAnother, fromOutside }: Hand,
  which: number,
): Partial<Bundle> | null => {
  const { people, places, admin, tablets, chance } = world
  const home = places[0]!
  const begun = (more: object = {}) => ({ kind: 'activity', record: world.id(), ...more })
  /** A record of his, and one more word on it that claims to have seen everything. */
  const withBase = () => {
    const capture = { ...begun(), set: { node: 'school', type: 'talk', place: home, heldOn: '2026-11-02' } }
    const base = { epoch: head.epoch, seq: head.seq + 1 + which }
    return [line(capture), line({ ...capture, set: { outcome: `โจรสมมติ ${which}` }, base })]
  }
  switch (how) {
    case 'carries names that are not proven there':
      return {
        lines: [
          capture(home, people[0]!),
          line({ author: admin, kind: 'staff', record: officer, set: { wholeProvince: true } }),
          line({ author: people[2]!, ...begun({ kind: 'decision' }), set: { about: known.id, verdict: 'approved' } }),
        ],
        head: trueHead,
      }
    case 'carries a head of the future':
      return { lines: withBase(), head: { ...head, seq: head.seq + 1 + which } }
    case 'carries a head of another log':
      return { lines: withBase(), head: { ...head, epoch: world.id() } }
    case 'carries a line twice': {
      const once = capture(home)
      const { n } = JSON.parse(once) as { n: number }
      return { lines: [once, once, line({ ...begun(), set: { outcome: 'โจรสมมติ' } }, n)] }
    }
    case 'carries names from outside':
      return { lines: fromOutside() }
    case 'carries what colleagues wrote as his own':
      return overheard === null ? null : { lines: [overheard, capture(home)], head: trueHead }
    case 'carries a signature of another line': {
      const signed = underAnother(capture(home, people[2]!))
      return signed === null ? null : { lines: [signed], head: trueHead }
    }
    case 'carries a seal that is cut':
      return { lines: [capture(home)] }
    case 'carries for another province':
      return { lines: [capture(home)], province: world.id() }
    case 'carries as a colleague’s tablet': {
      const { device, people: there } = tablets[which % tablets.length]!
      const n = 1 + chance.below(60)
      const said = { author: there[0]!, ...begun(), set: { node: 'school', type: 'talk', place: home } }
      return { lines: [line(said, n), ...(overheard === null ? [] : [overheard])], device, head: trueHead }
    }
    default:
      return null
  }
}

/** He seals, with the credential of the tablet that he has in hand, and brings it. */
const bringOwn = async (world: World, poison: Partial<Bundle>, { isCut }: { readonly isCut: boolean }) => {
  const { thief, server, chance } = world
  const named = { province: server.province, device: thief.device, credential: credentialOf(thief.device) }
  const bundle: Bundle = { ...named, lines: [], ...poison }
  const isOwn = bundle.device === thief.device
  const isShown = bundle.head?.chain === server.chain()
  const note = isOwn
    ? noteThief(world, bundle.lines, { isShown, isOfHere: bundle.province === server.province })
    : () => undefined
  const sealed = await sealedBy(world, bundleText(bundle))
  const status = await bring(world, isCut ? spoiled(sealed, chance.below(2), chance.next()) : sealed)
  note(status === 200)
  if (isCut && status === 200) world.witness.wrongs.push('a seal was opened that is cut')
}

/** He carries what a colleague gives him: now, or when he comes by again, or what he brought before once more. */
const carryFor = async (world: World, which: number): Promise<void> => {
  const { thief, chance } = world
  const isAtOnce = chance.happens(0.7)
  for (const bundle of await bundlesFrom(world, world.tablets[which % world.tablets.length]!)) {
    const sealed = await sealedBy(world, bundle)
    thief.bag.push(sealed)
    if (isAtOnce) await bring(world, sealed)
  }
  const before = thief.bag[which % Math.max(1, thief.bag.length)]
  if (before && !isAtOnce) await bring(world, before)
}

const spoil = async (world: World, which: number): Promise<void> => {
  const { chance } = world
  for (const bundle of await bundlesFrom(world, world.tablets[which % world.tablets.length]!)) {
    const status = await bring(world, spoiled(await sealedBy(world, bundle), chance.below(2), chance.next()))
    if (status === 200) world.witness.wrongs.push('a seal was opened that is spoilt')
  }
}

const sealedBy = ({ server, time }: World, text: string): Promise<string> => {
  const sql = `select public from keys where province = ? and purpose = 'courier'`
  const recipient = server.machine.rows(sql, server.province)[0]!.public as string
  return time.outside(() => server.program.seal(text, [recipient]))
}

/** Cut short, or another sign in the midst of it. */
const spoiled = (sealed: string, isCut: number, where: number): string => {
  const at = 1 + Math.floor(where * (sealed.length - 2))
  return isCut ? sealed.slice(0, at) : `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
}

const bring = async (world: World, sealed: string): Promise<number> => {
  const { thief, server, time, witness } = world
  const { status, text } = await time.outside(() => server.bring(thief.device, sealed))
  tell(world, () => `the thief has brought it: ${status} ${text}`)
  if (status >= 500) witness.wrongs.push(`the server failed over a bundle: ${text}`)
  noteServer(world)
  return status
}
