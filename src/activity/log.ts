import { searchKey } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import { type activity, headcountFields, type Node, nodes } from '#domain/records/activity.ts'
import type { RecordView } from '#src/store/types.ts'

export type Activity = RecordView<Values<typeof activity>>

/** Everybody who came. */
export const peopleOf = ({ values }: Pick<Activity, 'values'>): number =>
  headcountFields.reduce((sum, name) => sum + (values[name] ?? 0), 0)

/** Newest day first; on one day what was begun last comes first. Without a day it stands at the end. */
export const newestFirst = (all: readonly Activity[]): readonly Activity[] =>
  [...all].sort((a, b) => {
    const [dayA, dayB] = [a.values.heldOn ?? '', b.values.heldOn ?? '']
    if (dayA !== dayB) return dayA < dayB ? 1 : -1
    return (b.created?.at ?? 0) - (a.created?.at ?? 0)
  })

export interface Month {
  /** `2026-06`; '' for what has no day. */
  readonly month: string
  readonly activities: readonly Activity[]
}

/** Neighbours of one month together, in the order in which they come. */
export const byMonth = (ordered: readonly Activity[]): readonly Month[] => {
  const months: { month: string; activities: Activity[] }[] = []
  for (const one of ordered) {
    const month = (one.values.heldOn ?? '').slice(0, 7)
    const last = months.at(-1)
    if (last?.month === month) last.activities.push(one)
    else months.push({ month, activities: [one] })
  }
  return months
}

/** How many of each node, and all of them. */
export const countByNode = (all: readonly Activity[]): Readonly<Record<Node | 'all', number>> => ({
  all: all.length,
  ...(Object.fromEntries(
    nodes.map((node) => [node, all.filter(({ values }) => values.node === node).length]),
  ) as Record<Node, number>),
})

/** Those of a node whose words hold every word that is searched for. */
export const found = (
  all: readonly Activity[],
  wanted: { readonly node: Node | 'all'; readonly text: string },
  wordsOf: (one: Activity) => string,
): readonly Activity[] => {
  const words = wanted.text.split(/\s+/).map(searchKey).filter(Boolean)
  return all.filter((one) => {
    if (wanted.node !== 'all' && one.values.node !== wanted.node) return false
    if (words.length === 0) return true
    const key = searchKey(wordsOf(one))
    return words.every((word) => key.includes(word))
  })
}
