import { hasRole, type Role, readers, type Standing } from '#domain/roles.ts'
import { plainKinds, plainPath } from '#src/capture/plain/kinds.ts'
import type { IconName } from '#src/ui/icon.tsx'

/** Somewhere to go, and with which roles: what the navigation shows and what the door lets in are both read off this table. */
interface Place {
  /** It and everything below it, but for what a longer path names. */
  readonly path: string
  readonly who: readonly Role[] | 'anybody'
  /** Its name in the navigation, where it is shown there. Of two with one name somebody is shown the first that they may open. */
  readonly word?: 'today' | 'training' | 'bwr' | 'complaint' | 'review' | 'admin' | 'tablet'
  /** Without one, the small mark. */
  readonly icon?: IconName
  /** What somebody told in confidence stands there: it is covered while nobody looks, and no field keeps what is typed. */
  readonly confidential?: true
  /** What waits there. */
  readonly counts?: 'questions' | 'desk' | 'conflicts' | 'held'
}

/** Who writes down what happens in the field; the desk alone does not. */
const captures: readonly Role[] = ['officer', 'trainer', 'supervisor', 'administrator']

export const places = [
  { path: '/', who: 'anybody', word: 'today', icon: 'sun', counts: 'questions' },
  { path: '/training', who: captures, word: 'training', icon: 'users' },
  { path: '/bwr', who: captures, word: 'bwr' },
  { path: '/desk', who: readers.desk, word: 'complaint', icon: 'mail', confidential: true, counts: 'desk' },
  { path: '/complaint', who: readers.colleagues, word: 'complaint', icon: 'mail', confidential: true },
  { path: '/review', who: ['supervisor'], word: 'review', icon: 'inbox', counts: 'conflicts' },
  { path: '/review/export', who: ['supervisor', 'administrator'] },
  { path: '/questions', who: readers.colleagues },
  { path: '/admin', who: readers.administrators, word: 'admin', icon: 'settings' },
  { path: '/records', who: readers.colleagues },
  ...plainKinds.map(({ kind, read }) => ({ path: plainPath(kind) as '/records', who: readers[read] })),
  { path: '/tablet', who: 'anybody', word: 'tablet', icon: 'tablet', counts: 'held' },
] as const satisfies readonly Place[]

export type PlacePath = (typeof places)[number]['path']

const all: readonly Place[] = places
const deepFirst = [...all].sort((a, b) => b.path.length - a.path.length)
/** As the router reads a path: by its parts, whatever stands between them. */
const partsOf = (path: string) => path.split('/').filter(Boolean)

const placeOf = (path: string): Place | undefined => {
  const asked = partsOf(path)
  return deepFirst.find((one) => {
    const wanted = partsOf(one.path)
    return wanted[0] === asked[0] && wanted.every((part, at) => part === asked[at])
  })
}

/** With which roles a path opens. What is no place has nothing to hide: it says that there is no such page. */
export const whoOpens = (path: string): Place['who'] => placeOf(path)?.who ?? 'anybody'

export const isConfidential = (path: string): boolean => placeOf(path)?.confidential ?? false

export const mayOpen = (path: string, standing: Standing | undefined): boolean => {
  const who = whoOpens(path)
  return who === 'anybody' || (standing !== undefined && hasRole(standing, ...who))
}

/** What the navigation shows somebody, in its order. */
export const placesFor = (standing: Standing | undefined) =>
  all
    .filter(({ path, word }) => word && mayOpen(path, standing))
    .filter(({ word }, at, open) => open.findIndex((one) => one.word === word) === at)
