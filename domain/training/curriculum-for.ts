import type { Values } from '#domain/record-kind.ts'
import type { curriculum } from '#domain/records/curriculum.ts'
import type { Curriculum } from './completion.ts'

type Record = { id: string; values: Values<typeof curriculum> }

/** The curriculum of an audience: its own, else the one for everybody. Of several the first by id, the same on every tablet. */
export function curriculumFor<R extends Record>(audience: string | undefined, all: readonly R[]): R | undefined {
  const sorted = all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const own = audience === undefined ? undefined : sorted.find(({ values }) => values.audience === audience)
  return own ?? sorted.find(({ values }) => !values.audience)
}

/** What the completion rule needs of a curriculum record. */
export function completionRule(values: Values<typeof curriculum>): Curriculum {
  return {
    thresholdMinutes: values.thresholdMinutes ?? 0,
    requireAllModules: values.requireAllModules ?? false,
    modules: modulesInOrder(values).map(([code, { minutes }]) => ({ code, minutes: minutes ?? 0 })),
  }
}

export const modulesInOrder = (values: Values<typeof curriculum>) =>
  Object.entries(values.modules ?? {}).sort(
    ([a, one], [b, other]) => (one.order ?? 99) - (other.order ?? 99) || (a < b ? -1 : 1),
  )
