import { expect, test } from 'vitest'
import { takingTurns } from './turns.ts'

test('no more than so many run at once, the others follow in their order, and a failure frees its place', async () => {
  const turn = takingTurns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  let most = 0
  let running = 0
  const all = Array.from({ length: 6 }, (_, i) =>
    turn(async () => {
      begun.push(i)
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running--
      if (i === 1) throw new Error('failed')
      return i
    }),
  )
  const settled = Promise.allSettled(all)
  for (let i = 0; i < 6; i++) {
    await expect.poll(() => ends.length).toBeGreaterThan(i)
    ends[i]!()
  }
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    ...Array.from({ length: 4 }, () => 'fulfilled'),
  ])
  expect(begun).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBe(2)
})
