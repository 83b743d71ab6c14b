import type { Chance } from './chance.ts'
import { activity, handOf, push } from './thief-hand.ts'
import type { World } from './world.ts'

// Numbers of one tablet that come in another order than they were given in. Wherever they come from, each counts once, and none before what
// it stands on.

export const orderAttacks = [
  'sends numbers backwards',
  'sends numbers shuffled',
  'sends a later number first',
  'alters before the record is begun',
  'says a number twice',
  'leaves numbers out',
] as const
export type OrderAttack = (typeof orderAttacks)[number]

export const isOrderAttack = (how: string): how is OrderAttack => (orderAttacks as readonly string[]).includes(how)

export const sendOutOfOrder = async (world: World, how: OrderAttack, which: number): Promise<void> => {
  const { thief, places, chance } = world
  const { line, capture, trueHead } = handOf(world, which)
  const [home, , school] = places as [string, string, string]
  const send = (lines: readonly string[]) => push(world, lines, { head: trueHead }, true)
  const course = (begins: string) => {
    const record = world.id()
    const say = (set: object) => line({ kind: 'activity', record, set })
    return [say(activity(begins)), say({ outcome: `โจรสมมติ ${which}` }), say(activity(home))]
  }
  switch (how) {
    case 'sends numbers backwards':
      return send(course(chance.happens(0.5) ? home : school).toReversed())
    case 'sends numbers shuffled':
      return send(shuffled(chance, [...course(home), ...course(school)]))
    case 'sends a later number first': {
      const [begins, ...later] = course(chance.happens(0.5) ? home : school)
      await send(later.toReversed())
      return send([begins!])
    }
    case 'alters before the record is begun': {
      const [begins, alters] = course(home)
      await send([alters!])
      return send([begins!])
    }
    case 'says a number twice': {
      const again = (text: string, outcome: string) => {
        const said = JSON.parse(text) as { set: object }
        return JSON.stringify({ ...said, set: { ...said.set, outcome } })
      }
      const first = capture(home)
      await send([first, again(first, 'โจรสมมติ')])
      return send([again(first, 'อีกครั้ง'), first])
    }
    case 'leaves numbers out': {
      const left = ++thief.n
      thief.n += which
      await send([capture(home)])
      return send([line({ kind: 'activity', record: world.id(), set: activity(home) }, left)])
    }
  }
}

const shuffled = (chance: Chance, lines: readonly string[]): readonly string[] => {
  const dealt = lines.map((line) => ({ line, at: chance.next() }))
  return dealt.sort((a, b) => a.at - b.at).map(({ line }) => line)
}
