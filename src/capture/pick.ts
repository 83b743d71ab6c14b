import { searchKey } from '#domain/kernel/thai-text.ts'

export interface PickOption {
  readonly value: string
  readonly label: string
  /** A smaller line that is searched too. */
  readonly second?: string | undefined
  /** Heading under which it stands; options of one group follow each other. */
  readonly group?: string | undefined
}

/** An option with its text made ready for searching. */
export interface Searchable extends PickOption {
  readonly key: string
}

export const searchable = (options: readonly PickOption[]): Searchable[] =>
  options.map((option) => ({ ...option, key: searchKey(`${option.label} ${option.second ?? ''}`) }))

/** Options that hold every word typed, in their order; those whose name begins with it come first within their group. */
export const matching = (options: readonly Searchable[], text: string): readonly Searchable[] => {
  const words = text.split(/\s+/).map(searchKey).filter(Boolean)
  if (words.length === 0) return options
  const found = options.filter(({ key }) => words.every((word) => key.includes(word)))
  const begins = ({ key }: Searchable) => key.startsWith(words[0]!)
  return groupsOf(found).flatMap(({ items }) => [...items.filter(begins), ...items.filter((one) => !begins(one))])
}

/** Neighbours of one group together, in the order in which they come. */
export const groupsOf = <T extends PickOption>(
  options: readonly T[],
): { readonly group: string | undefined; readonly items: readonly T[] }[] => {
  const groups: { group: string | undefined; items: T[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last.group === option.group) last.items.push(option)
    else groups.push({ group: option.group, items: [option] })
  }
  return groups
}
