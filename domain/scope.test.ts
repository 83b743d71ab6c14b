import { describe, expect, test } from 'vitest'
import { activity } from './records/activity.ts'
import { attendance } from './records/attendance.ts'
import { complaint } from './records/complaint.ts'
import { place } from './records/place.ts'
import { question } from './records/question.ts'
import type { Standing } from './roles.ts'
import {
  authorOnly,
  deskOnly,
  everybody,
  mayAlter,
  parentOf,
  placeIsTheirs,
  reaches,
  reachOf,
  scopeOf,
} from './scope.ts'

const school = 'school-id'
const temple = 'temple-id'
const standing = (more: Partial<Standing>): Standing => ({
  staff: 'kanda',
  roles: ['officer'],
  places: [school],
  ...more,
})

describe('A record belongs', () => {
  test('to everybody, to its place, to the desk, as its kind declares', () => {
    expect(scopeOf(place, {}, 'kanda', null)).toBe(everybody)
    expect(scopeOf(activity, { place: school }, 'kanda', null)).toBe(school)
    expect(scopeOf(complaint, {}, 'kanda', null)).toBe(deskOnly)
  })

  test('where its parent belongs, and to its author while the parent is unknown', () => {
    expect(parentOf(attendance, { session: 's' })).toBe('s')
    expect(parentOf(activity, { place: school })).toBe(null)
    expect(scopeOf(attendance, { session: 's' }, 'kanda', school)).toBe(school)
    expect(scopeOf(attendance, { session: 's' }, 'kanda', null)).toBe(authorOnly('kanda'))
    expect(scopeOf(activity, {}, 'kanda', null)).toBe(authorOnly('kanda'))
  })
})

describe('A person reads', () => {
  test('the public, their own places and their own unplaced records', () => {
    const reach = reachOf(standing({}))
    expect([everybody, school, authorOnly('kanda')].every((scope) => reaches(reach, scope))).toBe(true)
    expect([temple, deskOnly, authorOnly('other')].some((scope) => reaches(reach, scope))).toBe(false)
  })

  test.each([
    ['the whole province', standing({ places: ['*'] })],
    ['administration', standing({ roles: ['administrator'], places: [] })],
  ])('every place with %s, but no complaint', (_, whole) => {
    const reach = reachOf(whole)
    expect([school, temple, authorOnly('other'), everybody].every((scope) => reaches(reach, scope))).toBe(true)
    expect(reaches(reach, deskOnly)).toBe(false)
  })

  test('complaints at the desk alone', () => {
    expect(reaches(reachOf(standing({ roles: ['desk'] })), deskOnly)).toBe(true)
  })

  test('the same whatever the order of their places', () => {
    expect(reachOf(standing({ places: [school, temple] }))).toEqual(reachOf(standing({ places: [temple, school] })))
  })
})

describe('A person writes', () => {
  test('what their role may write, at their places', () => {
    expect(mayAlter(activity, standing({}), school)).toBe(true)
    expect(mayAlter(activity, standing({}), temple)).toBe(false)
    expect(mayAlter(activity, standing({ roles: ['observer'] }), school)).toBe(false)
    expect(mayAlter(place, standing({}), everybody)).toBe(false)
  })

  test('below a parent that is not known yet, and a complaint from anywhere', () => {
    expect(placeIsTheirs(question, standing({}), authorOnly('kanda'))).toBe(true)
    expect(placeIsTheirs(complaint, standing({ places: [] }), deskOnly)).toBe(true)
  })
})
