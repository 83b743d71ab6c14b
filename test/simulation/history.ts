import { take } from './act.ts'
import { beginWorld } from './beginning.ts'
import { chanceOf } from './chance.ts'
import { reviewAccess } from './doubts.ts'
import { judge, truthOf } from './oracle.ts'
import { administratorReleases, authorsRelease, heldOfHonest } from './release.ts'
import type { Machine } from './server.ts'
import { dealSteps, type Step } from './steps.ts'
import type { Tablet } from './tablet.ts'
import { forgetTimers } from './time.ts'
import type { Tally } from './witness.ts'
import { endWorld, reopenPage, tell, until, type World } from './world.ts'

export interface Outcome {
  readonly wrongs: readonly string[]
  readonly tally: Tally
  readonly story: readonly string[] | null
}

export const stepsOf = (seed: number): readonly Step[] => dealSteps(chanceOf(seed))

/** Lives through one history, lets all come to rest, and judges it. */
export const live = async (
  machine: Machine,
  seed: number,
  steps: readonly Step[],
  isTold = false,
): Promise<Outcome> => {
  const world = await beginWorld(machine, seed, isTold)
  try {
    for (const step of steps) await take(world, step)
    await comeToRest(world)
    countAll(world)
    const wrongs = await judged(world)
    return {
      wrongs: wrongs.length > 0 ? wrongs : await released(world),
      tally: world.witness.tally,
      story: world.witness.story,
    }
  } finally {
    await endWorld(world)
    forgetTimers()
  }
}

const countAll = (world: World): void => {
  const { log, held } = truthOf(world)
  world.witness.tally.logged += log.length
  world.witness.tally.held += held.filter(({ state }) => state === 'held').length
}

/** All that is held of honest tablets is let go of, and everything is judged once more: no wrong where nothing is. */
const released = async (world: World): Promise<readonly string[]> => {
  if (heldOfHonest(world).length === 0) return []
  tell(world, () => 'what is held is released')
  if (world.chance.happens(0.5)) await authorsRelease(world, () => comeToRest(world))
  await administratorReleases(world)
  await comeToRest(world)
  return judged(world)
}

/** Reading for the judgement needs time to pass, too. */
const judged = async (world: World): Promise<readonly string[]> => {
  let wrongs: readonly string[] | null = null
  void judge(world).then(
    (found) => {
      wrongs = found
    },
    (cause) => {
      wrongs = [...world.witness.wrongs, `the judgement failed: ${cause instanceof Error ? cause.stack : cause}`]
    },
  )
  if (!(await until(world.time, () => wrongs !== null)))
    return [...world.witness.wrongs, 'a tablet does not answer any more']
  return wrongs!
}

/** Longer than the longest pause between two attempts. */
const longestRest = 400_000

/** Faults end: every line is fair, every tab is open, and everybody who works on a tablet comes by. */
const comeToRest = async (world: World): Promise<void> => {
  const { time, tablets, witness } = world
  tell(world, () => 'faults end')
  world.calm = true
  world.dying = []
  for (const tablet of tablets) {
    tablet.weather = 'fair'
    tablet.tear = null
    for (const [number] of tablet.pages.entries()) reopenPage(world, tablet, number)
  }
  await time.pass(3500)
  // what was asked before says nothing of what has happened since
  for (const tablet of tablets) tablet.answered = new Map()
  // the program asks once a minute by itself; that somebody looks at it only saves time
  const end = time.now() + longestRest
  while (!isAtRest(world)) {
    if (time.now() > end) return void witness.wrongs.push('it does not come to rest')
    if (world.server.isInDoubt()) await reviewAccess(world)
    for (const tablet of tablets) if (!isTabletAtRest(world, tablet)) bringToRest(world, tablet)
    await time.pass(1000)
  }
  await time.pass(100)
}

const isAtRest = (world: World) => world.tablets.every((tablet) => isTabletAtRest(world, tablet))

const headNow = ({ server }: World) => `${server.epoch()} ${server.head()}`

/** Nothing waits, and everybody has read everything. A revoked tablet must only have handed over what it had. */
const isTabletAtRest = (world: World, { pages: [page], people, answered, revoked }: Tablet): boolean => {
  if (!page?.store || page.sync?.state.peek().sending) return false
  if (page.store.counts.peek().waiting > 0) return false
  return revoked || people.every((person) => answered.get(person) === headNow(world))
}

const bringToRest = (world: World, { pages: [page], people, answered }: Tablet): void => {
  if (!page?.store || page.sync?.state.peek().sending) return
  const behind = people.find((person) => answered.get(person) !== headNow(world))
  if (behind && page.store.people.current.peek()?.id !== behind) void page.store.people.switchTo(behind as never)
  else page.ask('online')
}
