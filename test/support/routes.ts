import { readFileSync } from 'node:fs'

/** Where the routes of each place are written down; a place without an own router has what is listed. */
const routers: Readonly<Record<string, string | readonly string[]>> = {
  '/': ['/'],
  '/training': 'src/training/index.tsx',
  '/bwr': 'src/activity/index.tsx',
  '/complaint': ['/'],
  '/desk': ['/', '/keys', '/:complaint'],
  '/review': 'src/review/index.tsx',
  '/questions': 'src/review/answer/index.tsx',
  '/admin': 'src/admin/index.tsx',
  '/records': ['/person', '/person/new', '/person/:person'],
  '/tablet': ['/'],
}

export interface RoutePattern {
  readonly place: string
  readonly pattern: string
}

/** Every path of the app, as its routers have it, below its place. */
export const routePatterns = (): readonly RoutePattern[] =>
  Object.entries(routers).flatMap(([place, where]) => {
    const found =
      typeof where === 'string'
        ? [...readFileSync(where, 'utf8').matchAll(/<Route path="([^"]+)"/g)].map(([, pattern]) => pattern!)
        : where
    return found.map((pattern) => ({
      place,
      pattern: `${place}${pattern}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
    }))
  })

const kindsAt: Readonly<Record<string, string>> = {
  '/training': 'training-session',
  '/bwr': 'activity',
  '/review': 'activity',
  '/questions': 'question',
  '/admin/staff': 'staff',
  '/admin/places': 'place',
  '/admin/lists': 'code-list',
  '/admin/curriculum': 'curriculum',
  '/admin/devices': 'tablet',
}

/** A path of a pattern, with the ids of records that there are. */
export const filledPath = ({ place, pattern }: RoutePattern, idOf: (kind: string) => string): string =>
  pattern.replace(/:(\w+)\??/g, (_, name: string) => {
    if (name === 'code') return 'S1'
    if (name !== 'id' || pattern.includes('/people/')) return idOf(name === 'id' ? 'person' : name)
    return idOf(kindsAt[place] ?? kindsAt[pattern.split('/').slice(0, 3).join('/')]!)
  })
