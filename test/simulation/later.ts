import type { Planted } from './plants.ts'

/** What a later version of the program declares and this one does not know (law 9): a kind, and fields of a known kind. */
export const later: readonly Omit<Planted, 'name'>[] = [
  {
    file: 'domain/records/index.ts',
    find: '  curriculum,\n] as const',
    replace: `  curriculum,
  { ...activity, kind: 'visit', fields: { ...activity.fields } },
] as const`,
  },
  {
    file: 'domain/records/activity.ts',
    find: '    outcome: narrative({ max: 8000 }),',
    replace: `    outcome: narrative({ max: 8000 }),
    weather: text({ max: 100 }),
    songs: tags('song'),`,
  },
]
