type Extra = 'number' | 'node' | 'parent' | 'urgent'

const extras: Readonly<Record<string, readonly Extra[]>> = {
  hotline: ['number'],
  activityType: ['node'],
  subdistrict: ['parent'],
  rightsCategory: ['urgent'],
}

/** What entries of a list say besides their words and their order. */
export const partsOfList = (name: string | undefined): readonly Extra[] => extras[name ?? ''] ?? []

/** A code that no entry has: the first free of N1, N2, … */
export const freeCode = (taken: readonly string[]): string => {
  let number = 1
  while (taken.includes(`N${number}`)) number += 1
  return `N${number}`
}
