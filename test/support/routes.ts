import { readFileSync } from 'node:fs'

/** Where the routes of each place are written down; a place without an own router has what is listed. */
const routers: Readonly<Record<string, string | readonly string[]>> = {
  '/': ['/'],
  '/training': 'src/training/index.tsx',
  '/bwr': 'src/activity/index.tsx',
  '/complaint': ['/', '/new'],
  '/desk': ['/', '/keys', '/:complaint'],
  '/review': 'src/review/index.tsx',
  '/questions': 'src/review/answer/index.tsx',
  '/admin': 'src/admin/index.tsx',
  '/records': ['/person', '/person/new', '/person/:person'],
  '/tablet': ['/'],
}

/** Every path of the app, as its routers have it, below its place. */
export const routePatterns = (): readonly { readonly place: string; readonly pattern: string }[] =>
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
