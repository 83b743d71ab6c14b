import { describe, expect, test } from 'vitest'
import { activity } from './records/activity.ts'
import { attendance } from './records/attendance.ts'
import { complaint } from './records/complaint.ts'
import { place } from './records/place.ts'
import { question } from './records/question.ts'
import { onTablet, type Standing } from './roles.ts'
import {
  authorOnly,
  deskOnly,
  everybody,
  mayAlter,
  parentOf,
  placeIsTheirs,
  reaches,
  reachOf,
  reads,
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

describe('A tablet that is for some places', () => {
  const ceiling = [temple, 'hall-id']
  const within = (more: Partial<Standing>) => reachOf(onTablet(standing(more), ceiling))
  const scopes = [school, temple, 'hall-id', 'other-id'] as const
  const reached = (reach: ReturnType<typeof reachOf>) => scopes.filter((scope) => reaches(reach, scope))

  test('shows somebody of two places the one that both have', () => {
    expect(reached(within({ places: [school, temple] }))).toEqual([temple])
    expect(reached(within({}))).toEqual([])
  })

  test.each([
    ['the whole province', { places: ['*'] }],
    ['administration', { roles: ['administrator'], places: [] } as const],
  ])('shows somebody of %s its own places, and nothing that has none yet', (_, more) => {
    expect(reached(within(more))).toEqual([temple, 'hall-id'])
    expect(reaches(within(more), authorOnly('other'))).toBe(false)
  })

  test('shows all of them what is public, theirs without a place, and to the desk its envelopes', () => {
    const reach = within({ roles: ['desk'] })
    expect([everybody, authorOnly('kanda'), deskOnly].every((scope) => reaches(reach, scope))).toBe(true)
  })

  test('is no narrower where it is for the whole province', () => {
    for (const more of [{}, { places: ['*'] }, { roles: ['administrator'] }] as const)
      expect(reachOf(onTablet(standing(more), null))).toEqual(reachOf(standing(more)))
  })

  test('opens no kind that the person does not read', () => {
    const observer = standing({ roles: ['observer'], places: ['*'] })
    expect(reads(reachOf(onTablet(observer, ceiling)), { id: 'a', kind: 'person', scope: temple })).toBe(false)
  })
})

describe('An observer', () => {
  const reach = reachOf(standing({ roles: ['observer'], places: ['*'] }))
  test('reads of the staff only herself, and no record of another kind under her id', () => {
    expect(reads(reach, { id: 'kanda', kind: 'staff', scope: everybody })).toBe(true)
    expect(reads(reach, { id: 'other', kind: 'staff', scope: everybody })).toBe(false)
    expect(reads(reach, { id: 'kanda', kind: 'person', scope: school })).toBe(false)
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
