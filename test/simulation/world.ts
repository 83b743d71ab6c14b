import { effect } from '@preact/signals'
import { newId, type RandomBytes } from '#domain/kernel/id.ts'
import type { SignInNews } from '#src/store/identity-types.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type Program, programs } from './program.ts'
import { type Backup, beginServer, type Machine, type Server, type Tables } from './server.ts'
import { pagesOf } from './steps.ts'
import { type KeptTablet, killPage, newTablet, openPage, type Page, type Surroundings, type Tablet } from './tablet.ts'
import type { Thief } from './thief.ts'
import { newThief } from './thief-hand.ts'
import { newTime, setTime, type Time } from './time.ts'
import { lineTo } from './wire.ts'
import { type Kept, mayBeCalledSafe, newWitness, type Witness } from './witness.ts'

export interface KnownRecord {
  readonly id: string
  readonly kind: string
}

/** A backup that the operator has, from when, and whether it was read back and checked. */
export interface KeptBackup extends Backup {
  readonly at: number
  /** What stood in doubt then. */
  readonly doubts: Witness['doubts']
  /** What was restored was read back and checked by that. */
  isVerified: boolean
}

/** Who and what there is in a history. */
export interface Cast {
  /** Members of staff. The last one shares the first tablet. */
  readonly people: readonly string[]
  readonly places: readonly string[]
  /** Participants of trainings. */
  readonly guests: readonly string[]
  readonly admin: string
  /** The device of a tablet that a thief has in hand: the second officer's, on which the supervisor has a key as well. */
  readonly stolen: { device: string; key: string }
  readonly records: KnownRecord[]
}

/** From where a history goes on. */
export interface Beginning {
  /** Milliseconds that have passed since the first day began. */
  readonly at: number
  readonly province: string
  readonly rows: Tables
  readonly cast: Cast
  readonly tablets: readonly KeptTablet[]
}

export interface World extends Cast {
  readonly time: Time
  readonly chance: Chance
  readonly server: Server
  readonly tablets: readonly Tablet[]
  readonly around: Surroundings
  readonly witness: Witness
  readonly backups: KeptBackup[]
  readonly thief: Thief
  /** Which version of the program the pages of a tablet are opened with. */
  readonly versions: Program[]
  /** Days that have leapt by, in milliseconds. */
  leapt: number
  /** True once no more faults happen. */
  calm: boolean
  /** Pages that are to die after so many more tasks. */
  dying: { readonly page: Page; readonly tablet: Tablet; tasks: number; readonly reopen: number }[]
  id(): string
  serverNow(): number
}

/** Every history begins on this day. */
export const firstDay = Date.UTC(2026, 10, 2, 3)
/** A history that nobody has lived through yet: the server on what its database holds, the tablets on what lies in them, no page open. */
export const newWorld = async (
  machine: Machine,
  seed: number,
  isTold: boolean,
  { at, province, rows, cast, tablets: kept }: Beginning,
): Promise<World> => {
  const time = newTime(at)
  setTime(time)
  const chance = chanceOf(seed)
  const random: RandomBytes = (length) => chance.bytes(length)
  const serverNow = () => firstDay + time.now() + world.leapt
  const server = await beginServer(machine, programs.now, {
    province,
    begun: rows,
    now: serverNow,
    pause: () =>
      new Promise((resolve) => void (chance.happens(0.3) ? time.after(chance.below(40), resolve) : time.soon(resolve))),
  })
  const tablets = kept.map((one, number) => newTablet(time, chanceOf(seed * 31 + number), number, one, pagesOf(number)))
  const world: World = {
    ...cast,
    time,
    chance,
    server,
    tablets,
    witness: newWitness(isTold),
    around: undefined as never,
    records: [...cast.records],
    backups: [],
    thief: newThief(cast.stolen),
    versions: tablets.map(() => programs.now),
    leapt: 0,
    calm: false,
    dying: [],
    id: () => newId(random),
    serverNow,
  }
  Object.assign(world, { around: surroundingsOf(world) })
  time.onTask(() => letDie(world))
  return world
}

const surroundingsOf = (world: World): Surroundings => ({
  time: world.time,
  clock: ({ skew }) => world.serverNow() + skew,
  builtAt: firstDay,
  transport: (tablet, page) => lineTo(world, tablet, page),
  opened(tablet, page) {
    tell(world, () => `tablet ${tablet.number}, tab ${page.number} is open`)
    tablet.isWhole = true
    watch(world, page)
  },
  torn: (tablet, page) => dieAndReopen(world, tablet, page, 500),
  failed(tablet, _, cause) {
    world.witness.wrongs.push(`tablet ${tablet.number} does not open: ${cause instanceof Error ? cause.stack : cause}`)
  },
})

/** Tells what happens, where somebody listens. */
export const tell = ({ witness: { story }, time }: World, text: () => string): void => {
  story?.push(`${(time.now() / 1000).toFixed(3).padStart(9)} ${text()}`)
}

/** Lets time pass until it is so. */
export const until = async (time: Time, isSo: () => boolean, longest = 60_000): Promise<boolean> => {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > longest) return false
    await time.pass(50)
  }
  return true
}

/** Looks at the badge whenever it alters. */
const watch = (world: World, page: Page): void => {
  const tablet = world.tablets.find(({ pages }) => pages.includes(page))!
  const { badge } = page.sync!
  // a page that has just opened has not counted yet
  const countedAt = world.time.now() + 200
  const stop = effect(() => {
    if (badge.value.state === 'safe' && world.time.now() > countedAt) judgeSafe(world, tablet, page)
  })
  // a list follows only while somebody looks
  const stopLooking = page.number === 0 ? page.store!.held.subscribe(() => undefined) : () => undefined
  const end = page.end
  page.end = () => {
    stop()
    stopLooking()
    end()
  }
}

/** Another tab's save takes a moment to be heard of. */
const hearsay = 5000

/** The changes of a tablet of which a page must know. */
export const heardOf = ({ witness, time }: World, tablet: Tablet, page: Page): readonly Kept[] =>
  witness.kept.filter((one) => one.tablet === tablet && (one.page === page || one.at < time.now() - hearsay))

/** Somebody looks at the badge of a page that they have just used. */
export const lookAtBadge = (world: World, tablet: Tablet, page: Page): void => {
  if (page.sync!.badge.peek().state === 'safe') judgeSafe(world, tablet, page)
}

/** A page says that everything is safe on the server: every change that it must know of is there, or was for all it can know. */
const judgeSafe = (world: World, tablet: Tablet, page: Page): void => {
  const { witness } = world
  if (!page.alive || tablet.revoked) return
  witness.tally.looks++
  const untrue = heardOf(world, tablet, page).find((kept) => !mayBeCalledSafe(witness, kept))
  if (untrue)
    witness.wrongs.push(`tablet ${tablet.number}, tab ${page.number}: the badge says safe; change ${untrue.n} is not`)
}

/** A person looks at a record: what they saved is shown, and is called safe only where it is. */
export const lookAt = async (world: World, tablet: Tablet, page: Page, record: string): Promise<void> => {
  const { witness } = world
  const heard = heardOf(world, tablet, page).filter((one) => one.record === record)
  const shown = await page.store!.record(record as SignInNews['person'])
  if (!page.alive || tablet.revoked) return
  witness.tally.looks++
  const unsafe = heard.filter((kept) => !mayBeCalledSafe(witness, kept))
  const where = `tablet ${tablet.number}, tab ${page.number}: record ${record}`
  if (unsafe.length > 0 && !shown) witness.wrongs.push(`${where} is not there; change ${unsafe[0]!.n} was saved`)
  if (unsafe.length > 0 && shown?.safety === 'safe')
    witness.wrongs.push(`${where} is called safe; change ${unsafe[0]!.n} is not`)
}

const letDie = (world: World): void => {
  for (const one of world.dying) {
    if (one.tasks-- > 0) continue
    world.dying = world.dying.filter((other) => other !== one)
    if (one.page.alive) dieAndReopen(world, one.tablet, one.page, one.reopen)
  }
}

export const dieAndReopen = (world: World, tablet: Tablet, page: Page, reopen: number): void => {
  world.witness.tally.crashes++
  // what it had just saved may lie in its journal alone
  tablet.isWhole = false
  tell(world, () => `tablet ${tablet.number}, tab ${page.number} dies`)
  killPage(tablet, page)
  world.time.after(reopen, () => reopenPage(world, tablet, page.number))
}

export const reopenPage = (world: World, tablet: Tablet, number: number): void => {
  if (!tablet.pages[number]) openPage(world.around, tablet, number, world.versions[tablet.number]!)
}

/** Everybody stops, so that the next history finds nothing of this one. */
export const endWorld = async ({ tablets, time, server }: World): Promise<void> => {
  for (const tablet of tablets) for (const page of tablet.pages) if (page) killPage(tablet, page)
  await time.pass(0)
  await server.end()
}
