import { describe, expect, test } from 'vitest'
import type { Question } from '#domain/review.ts'
import { questionsFor } from './questions-for.ts'

const asked = (id: string, values: object, at = 1, withdrawn = false) =>
  ({ id, values: { text: '?', ...values }, created: { at }, withdrawn: withdrawn ? { reason: 'x' } : null }) as Question

const here = { person: 'kanda', devices: ['tablet-1'] }
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id)

describe('the questions that are tasks here', () => {
  test('reach their author on any tablet, the oldest first', () => {
    const all = [
      asked('newer', { to: 'kanda', toDevice: 'tablet-2' }, 9),
      asked('older', { to: 'kanda', toDevice: 'tablet-1' }, 3),
      asked('of another', { to: 'daoruang', toDevice: 'tablet-2' }),
    ]
    expect(questionsFor(all, here)).toEqual({ mine: [all[1], all[0]], colleagues: [] })
  })

  test('reach the tablet the record came from when its author works elsewhere or is nobody known', () => {
    const all = [
      asked('of a colleague', { to: 'daoruang', toDevice: 'tablet-1' }),
      asked('of nobody', { toDevice: 'tablet-1' }),
      asked('of nobody elsewhere', { toDevice: 'tablet-2' }),
      asked('to all', {}),
    ]
    const { mine, colleagues } = questionsFor(all, here)
    expect(ids(mine)).toEqual(['of nobody', 'to all'])
    expect(ids(colleagues)).toEqual(['of a colleague'])
  })

  test('are no task once they are answered or taken back', () => {
    const all = [asked('answered', { to: 'kanda', answer: 'ส่งแล้ว' }), asked('taken back', { to: 'kanda' }, 1, true)]
    expect(questionsFor(all, here)).toEqual({ mine: [], colleagues: [] })
  })
})
