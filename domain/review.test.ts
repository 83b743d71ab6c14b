import { describe, expect, test } from 'vitest'
import { type Decision, isOpen, type Question, reviewState } from './review.ts'
import type { View } from './view.ts'

const record = (more: Partial<View> = {}) => ({ seq: 10, withdrawn: null, conflicts: {}, ...more }) as View
const question = (stamp: number, answer?: string, more: object = {}) =>
  ({ withdrawn: null, last: { stamp }, values: { text: 'กี่คน', ...(answer && { answer }) }, ...more }) as Question
const decision = (stamp: number, verdict: 'approved' | 'revoked', seen: number) =>
  ({ withdrawn: null, last: { stamp }, values: { verdict, seen } }) as Decision
const withdrawn = { withdrawn: { reason: 'ซ้ำ' } }

describe('A record is', () => {
  test('new until somebody has looked at it', () => {
    expect(reviewState(record(), [], [])).toBe('new')
  })

  test('returned while any question is open, whatever was approved before', () => {
    const approved = [decision(1, 'approved', 10)]
    expect(reviewState(record(), [question(2, 'สิบ'), question(3)], approved)).toBe('returned')
  })

  test('answered when the last question has its answer, until it is approved after that', () => {
    expect(reviewState(record(), [question(5, 'สิบ')], [decision(4, 'approved', 10)])).toBe('answered')
    expect(reviewState(record(), [question(5, 'สิบ')], [decision(6, 'approved', 10)])).toBe('approved')
  })

  test('changed since approval when anything was written after the number that was seen', () => {
    expect(reviewState(record({ seq: 11 }), [], [decision(1, 'approved', 10)])).toBe('changed-since-approval')
  })

  test('new again when the approval was revoked', () => {
    const decisions = [decision(1, 'approved', 10), decision(2, 'revoked', 10)]
    expect(reviewState(record(), [], decisions)).toBe('new')
    expect(reviewState(record(), [], decisions.toReversed())).toBe('new')
  })

  test('in conflict, or withdrawn, before anything else', () => {
    const open = [question(1)]
    expect(reviewState(record({ conflicts: { outcome: [] } }), open, [])).toBe('conflict')
    expect(reviewState(record({ conflicts: { outcome: [] }, ...withdrawn }), open, [])).toBe('withdrawn')
  })
})

test('a question that was withdrawn asks nothing any more, and neither does a decision that was', () => {
  expect(isOpen(question(1, undefined, withdrawn))).toBe(false)
  expect(reviewState(record(), [question(1, undefined, withdrawn)], [])).toBe('new')
  expect(reviewState(record(), [], [{ ...decision(1, 'approved', 10), ...withdrawn }])).toBe('new')
})
