import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { holes } from './holes.ts'
import { later, quickSeal, small } from './later.ts'
import { altered, plants } from './plants.ts'
import { simulate } from './simulate.ts'

// A bounded share of the simulation; `npm run soak` runs the long form. A failure says how to live through it again.

const root = new URL('../../', import.meta.url)

test('200 random histories of three tablets and a server: nothing lost, doubled, diverged or untrue', async () => {
  const { failed, histories, tally } = await simulate({ seed: 7301, histories: 200, workers: 2 })
  expect(failed.map(({ seed, wrongs, steps }) => ({ seed, wrongs, steps }))).toEqual([])
  expect(histories).toBe(200)
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0)
})

test('also over the real Dexie', async () => {
  const { failed } = await simulate({ seed: 1001, histories: 20, workers: 2, database: 'dexie' })
  expect(failed.map(({ seed, wrongs, steps }) => ({ seed, wrongs, steps }))).toEqual([])
})

test.each([
  'saved-before-it-is-flushed',
  'held-changes-vanish',
  'a-keyed-entry-is-replaced-whole',
  'guarded-roles-count-unsigned',
])('a planted bug is caught: %s', async (plant) => {
  const { failed } = await simulate({ seed: 1, histories: 300, workers: 1, plant })
  expect(failed[0]?.wrongs[0]).toBeDefined()
  expect(failed[0]!.steps.length).toBeLessThan(20)
})

test('every planted bug stands where its table says', () => {
  for (const one of [...plants, ...holes, ...quickSeal, ...small, ...later]) {
    expect(() => altered(readFileSync(new URL(one.file, root), 'utf8'), one), one.find).not.toThrow()
  }
})
