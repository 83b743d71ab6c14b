/** Answers in how many seconds there is enough again; null where there is, and then it is spent. */
export type Quota = (sender: string, amount: number, now: number) => number | null

const hour = 3_600_000
const most = 10_000

/**
 * So much at once, and so much more each hour. Kept in memory: a server that starts anew forgives. Whoever asks for more than there ever is gets it
 * once all of it is there.
 */
export const quota = ({ atOnce, perHour }: { readonly atOnce: number; readonly perHour: number }): Quota => {
  const left = new Map<string, { readonly amount: number; readonly at: number }>()
  return (sender, amount, now) => {
    const known = left.get(sender)
    const there = known ? Math.min(atOnce, known.amount + (Math.max(0, now - known.at) * perHour) / hour) : atOnce
    const wanted = Math.min(amount, atOnce)
    if (there < wanted) return Math.ceil(Math.round(((wanted - there) * hour) / perHour) / 1000)
    left.delete(sender)
    left.set(sender, { amount: there - wanted, at: now })
    if (left.size > most) left.delete(left.keys().next().value as string)
    return null
  }
}
