import { expect, test } from 'vitest'
import { fuzz } from '#test/fuzz/fuzz.ts'
import { fuzzReaders } from '#test/fuzz/readers.ts'

// A share of what `npm run soak` sends (test/fuzz/run.ts).

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)

test(`requests of every shape to every route: no fault, and a neighbour goes on working (seed ${seed})`, async () => {
  const { inputs, faults, statuses, neighbour } = await fuzz({ seed, inputs: 2400 })
  expect(faults).toEqual([])
  expect(inputs).toBe(2400)
  expect(neighbour.answered).toBe(neighbour.asked)
  // it comes through the door: most are refused for what they are, and some are let in
  expect((statuses[200] ?? 0) + (statuses[204] ?? 0)).toBeGreaterThan(200)
})

test(`files of every shape to everything that reads one (seed ${seed})`, () => {
  expect(fuzzReaders({ seed, files: 2000 })).toBe(2000)
})
