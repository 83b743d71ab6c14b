import { type EpochRow, type LogRow, tell } from './fold.ts'

interface Line {
  readonly record: string
  readonly kind: string
  readonly author: string
  readonly replaces?: number
  readonly set: { readonly session?: string; readonly place?: string }
}

/**
 * Attendances that were written before their session came, by somebody who had no right at the place where it then stood: they gain no place
 * by it, until it comes to one where they have, or somebody who has a right there writes to them.
 */
export const apartIn = (log: readonly LogRow[], epochs: readonly EpochRow[]): ReadonlySet<string> => {
  const apart = new Map<string, { readonly session: string; readonly authors: Set<string> }>()
  const begun = new Set<string>()
  for (const [at, { line }] of log.entries()) {
    const { record, kind, author, replaces, set } = JSON.parse(line) as Line
    if (replaces !== undefined && Object.keys(set).length === 0) continue
    const known = apart.get(record)
    if (kind === 'attendance') {
      const session = set.session ?? known?.session
      if (session !== undefined && !begun.has(session) && (known || !begun.has(record))) {
        apart.set(record, { session, authors: new Set([...(known?.authors ?? []), author]) })
      } else apart.delete(record)
    }
    begun.add(record)
    if (kind !== 'training-session' || set.place === undefined) continue
    const under = [...apart].filter(([, { session }]) => session === record)
    if (under.length === 0) continue
    const records = tell(log.slice(0, at + 1), epochs, false)
    for (const [child, { authors }] of under) {
      const mayStand = [...authors].every((one) => isAt(records.get(one)?.values, records.get(record)!.values.place))
      if (mayStand) apart.delete(child)
    }
  }
  return new Set(apart.keys())
}

type Rights = { readonly places?: object; readonly wholeProvince?: boolean } | undefined

const isAt = (rights: unknown, place: unknown): boolean => {
  const { places, wholeProvince } = (rights ?? {}) as NonNullable<Rights>
  return wholeProvince === true || (places !== undefined && (place as string) in places)
}
