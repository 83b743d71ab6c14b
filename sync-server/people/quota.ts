export interface Rate {
  readonly atOnce: number
  readonly perHour: number
}

/** What each sender has left. Answers are seconds until there is enough again; null where there is. */
export interface Quota {
  /** Takes what is known beforehand, if it is there. Whoever asks for more than there ever is gets it once all of it is there. */
  spend(sender: string, amount: number, now: number): number | null
  /** Whether anything is left: before work of which only its end tells what it takes. */
  wait(sender: string, now: number): number | null
  /** Takes what such work has taken; a sender may owe some of it. */
  take(sender: string, amount: number, now: number): void
}

const hour = 3_600_000
const most = 10_000

/** So much at once, and so much more each hour. Kept in memory: a server that starts anew forgives. */
export const quota = ({ atOnce, perHour }: Rate): Quota => {
  const left = new Map<string, { readonly amount: number; readonly at: number }>()
  const leftOf = (sender: string, now: number): number => {
    const known = left.get(sender)
    return known ? Math.min(atOnce, known.amount + (Math.max(0, now - known.at) * perHour) / hour) : atOnce
  }
  const until = (wanted: number, there: number): number | null =>
    there >= wanted ? null : Math.ceil(Math.round(((wanted - there) * hour) / perHour) / 1000)
  const take = (sender: string, amount: number, now: number) => {
    const there = leftOf(sender, now)
    left.delete(sender)
    left.set(sender, { amount: there - amount, at: now })
    if (left.size > most) left.delete(left.keys().next().value as string)
  }
  return {
    spend(sender, amount, now) {
      const wanted = Math.min(amount, atOnce)
      const wait = until(wanted, leftOf(sender, now))
      if (wait === null) take(sender, wanted, now)
      return wait
    },
    wait: (sender, now) => until(1, leftOf(sender, now)),
    take(sender, amount, now) {
      if (amount > 0) take(sender, amount, now)
    },
  }
}
