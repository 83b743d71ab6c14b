import type { Page } from 'playwright-core'
import { derivedId } from '#domain/kernel/id.ts'
import { isGuarded } from '#domain/roles.ts'
import { firstIdOf, visitUnlocked } from './app.ts'
import type { Sample } from './sample.ts'

/** Every screen there is, on sample data: what the looks test checks and `npm run screenshots` takes pictures of. */
export interface Screen {
  readonly name: string
  /** Where it is; `null` when the sample has nothing to show there, which fails the test. */
  readonly path: (page: Page) => Promise<string | null>
}

const at = (name: string, path: string): Screen => ({ name, path: async () => path })

const onFirst = (name: string, kind: string, path: (id: string) => string): Screen => ({
  name,
  path: async (page) => {
    const id = await firstIdOf(page, kind)
    return id ? path(id) : null
  },
})

/** The complaint of the sample on which two members have decided without having seen each other. */
const decidedTwice = derivedId('sample-complaint', '2')

export interface Viewer {
  /** Who looks: the username in the sample data. */
  readonly role: 'officer' | 'supervisor' | 'administrator' | 'observer'
  readonly screens: readonly Screen[]
}

export const viewers: readonly Viewer[] = [
  {
    role: 'officer',
    screens: [
      at('today', '/'),
      at('training', '/training'),
      at('training-new', '/training/new'),
      onFirst('training-session', 'training-session', (id) => `/training/${id}`),
      onFirst('training-prepare', 'training-session', (id) => `/training/${id}/prepare`),
      onFirst('training-roster', 'training-session', (id) => `/training/${id}/roster`),
      onFirst('check-in', 'training-session', (id) => `/training/${id}/check-in`),
      onFirst('training-close', 'training-session', (id) => `/training/${id}/close`),
      onFirst('training-person', 'person', (id) => `/training/people/${id}`),
      at('bwr', '/bwr'),
      at('bwr-new', '/bwr/new'),
      onFirst('bwr-activity', 'activity', (id) => `/bwr/${id}`),
      onFirst('bwr-edit', 'activity', (id) => `/bwr/${id}/edit`),
      at('complaint', '/complaint'),
      at('questions', '/questions'),
      onFirst('question', 'question', (id) => `/questions/${id}`),
      at('tablet', '/tablet'),
      at('switch', '/switch'),
      at('not-found', '/no-such-page'),
    ],
  },
  {
    role: 'supervisor',
    screens: [
      at('review', '/review'),
      onFirst('review-activity', 'activity', (id) => `/review/${id}`),
      onFirst('review-session', 'training-session', (id) => `/review/${id}`),
      at('review-export', '/review/export'),
      at('desk', '/desk'),
      onFirst('desk-case', 'case', () => `/desk/${decidedTwice}`),
      at('desk-keys', '/desk/keys'),
    ],
  },
  {
    role: 'administrator',
    screens: [
      at('admin', '/admin'),
      at('admin-staff', '/admin/staff'),
      at('admin-places', '/admin/places'),
      at('admin-lists', '/admin/lists'),
      at('admin-curriculum', '/admin/curriculum'),
      at('admin-devices', '/admin/devices'),
      at('admin-device-new', '/admin/devices/new'),
      onFirst('admin-device', 'tablet', (id) => `/admin/devices/${id}`),
      at('admin-held', '/admin/held'),
      at('admin-log', '/admin/log'),
    ],
  },
  {
    role: 'observer',
    screens: [at('observer-today', '/'), at('not-yours', '/training'), at('observer-tablet', '/tablet')],
  },
]

/** Starts the app anew in the name of whoever has signed in. That locks the screens of guarded roles, and the lock is none of theirs. */
export const startAgain = async (
  page: Page,
  { server, password }: Pick<Sample, 'server' | 'password'>,
  role: Viewer['role'],
): Promise<void> => {
  if (isGuarded({ roles: [role] })) await visitUnlocked(page, server.url, password)
  else await page.goto(server.url)
}

export const sizes = [
  { width: 820, height: 1180 },
  { width: 1180, height: 820 },
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const

export const locales = ['th', 'en'] as const
export const themes = ['light', 'dark'] as const
