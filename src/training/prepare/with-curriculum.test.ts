import { expect, it } from 'vitest'
import { plannedModules, withCurriculum } from './with-curriculum.ts'

const everybody = {
  id: 'a',
  values: {
    name: 'everybody',
    modules: { M2: { on: true, order: 2, minutes: 40 }, M1: { on: true, order: 1, minutes: 30 } },
  },
}
const sangha = { id: 'b', values: { name: 'sangha', audience: 'SANGHA', modules: { S1: { on: true, minutes: 90 } } } }
const all = [everybody, sangha]

it('plans the modules of the audience in their order', () => {
  expect(withCurriculum({}, 'P4-6', all)).toEqual({
    M1: { on: true, order: 1, planned: 30 },
    M2: { on: true, order: 2, planned: 40 },
  })
  expect(withCurriculum({}, 'SANGHA', all)).toEqual({ S1: { on: true, order: 1, planned: 90 } })
})

it('follows a change of audience while nobody has touched the modules', () => {
  const session = { audience: 'P4-6', modules: plannedModules(everybody) }
  expect(withCurriculum(session, 'SANGHA', all)).toEqual(plannedModules(sangha))
})

it('leaves alone what somebody chose by hand', () => {
  const { M1 } = plannedModules(everybody)
  expect(withCurriculum({ audience: 'P4-6', modules: { M1: { ...M1, planned: 20 } } }, 'SANGHA', all)).toBeNull()
})

it('plans nothing where no curriculum fits', () => {
  expect(withCurriculum({}, 'P4-6', [sangha])).toBeNull()
})
