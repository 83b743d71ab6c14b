import { describe, expect, test } from 'vitest'
import { type Role, roles } from '#domain/roles.ts'
import { mayOpen, places, placesFor, whoOpens } from './places.ts'

const somebody = (...held: readonly Role[]) => ({ staff: 'x', roles: held, places: [] })
const entries = (...held: readonly Role[]) => placesFor(somebody(...held)).map(({ path }) => path)

describe('the places of a role', () => {
  test.each([
    [['officer'], ['/', '/training', '/bwr', '/complaint', '/tablet']],
    [['trainer'], ['/', '/training', '/bwr', '/complaint', '/tablet']],
    [['supervisor'], ['/', '/training', '/bwr', '/complaint', '/review', '/tablet']],
    [
      ['supervisor', 'desk'],
      ['/', '/training', '/bwr', '/desk', '/review', '/tablet'],
    ],
    [['administrator'], ['/', '/training', '/bwr', '/complaint', '/admin', '/tablet']],
    [['observer'], ['/', '/tablet']],
    [[], ['/', '/tablet']],
  ] as const)('%s', (held, shown) => {
    expect(entries(...held)).toEqual(shown)
  })

  test('what the navigation shows opens, and what it would never show is closed, however deep the path', () => {
    for (const role of roles) {
      for (const path of entries(role)) expect(mayOpen(path, somebody(role))).toBe(true)
      for (const { path, who } of places) {
        const opens = who === 'anybody' || (who as readonly Role[]).includes(role)
        for (const deep of path === '/' ? ['/'] : [path, `${path}/`, `/${path}`, `${path}/anything/else`])
          expect(mayOpen(deep, somebody(role)), `${role} ${deep}`).toBe(opens)
      }
    }
  })

  test('a longer path has the word: an administrator exports, and reviews nothing', () => {
    expect(mayOpen('/review/export', somebody('administrator'))).toBe(true)
    expect(mayOpen('/review/some-record', somebody('administrator'))).toBe(false)
    expect(mayOpen('/review/exports', somebody('administrator'))).toBe(false)
  })

  test('what is no place is closed to nobody: it says that it is not there', () => {
    expect(whoOpens('/no-such-page')).toBe('anybody')
    expect(whoOpens('/trainings')).toBe('anybody')
  })

  test('to nobody only what anybody opens', () => {
    expect(places.filter(({ path }) => mayOpen(path, undefined)).map(({ path }) => path)).toEqual(['/', '/tablet'])
  })
})
