import { describe, expect, test } from 'vitest'
import { type BadgeFacts, badgeOf, isSafe, isSending, needsYou } from './badge.ts'

const calm: BadgeFacts = { waiting: 0, held: 0, conflicts: 0, questions: 0, sending: null }

describe('the badge claims nothing more than is true', () => {
  test('safe: every change has a verified receipt, and nothing less', () => {
    expect(isSafe(calm)).toBe(true)
    expect(isSafe({ ...calm, waiting: 1 })).toBe(false)
    expect(isSafe({ ...calm, held: 1 })).toBe(false)
    expect(badgeOf(calm)).toEqual({ state: 'safe' })
  })

  test('saved on this tablet: something waits and no exchange runs', () => {
    expect(badgeOf({ ...calm, waiting: 3 })).toEqual({ state: 'tablet', waiting: 3 })
  })

  test('sending n of m: only while an exchange carries something of this tablet', () => {
    const sending = { done: 2, total: 5 }
    expect(isSending({ ...calm, waiting: 3, sending })).toBe(true)
    expect(isSending({ ...calm, waiting: 3 })).toBe(false)
    expect(isSending({ ...calm, waiting: 0, sending })).toBe(false)
    expect(isSending({ ...calm, waiting: 3, sending: { done: 0, total: 0 } })).toBe(false)
    expect(badgeOf({ ...calm, waiting: 3, sending })).toEqual({ state: 'sending', done: 2, total: 5 })
  })

  test('reading from the server alone is not sending', () => {
    expect(badgeOf({ ...calm, sending: { done: 0, total: 0 } })).toEqual({ state: 'safe' })
  })

  test.each(['held', 'conflicts', 'questions'] as const)('needs you: %s come before everything else', (what) => {
    const facts = { ...calm, waiting: 2, sending: { done: 1, total: 3 }, [what]: 1 }
    expect(needsYou(facts)).toBe(true)
    expect(badgeOf(facts)).toMatchObject({ state: 'aside', [what]: 1 })
  })

  test('needs you: not without a reason', () => {
    expect(needsYou({ ...calm, waiting: 9, sending: { done: 1, total: 9 } })).toBe(false)
  })
})
