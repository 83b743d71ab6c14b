/** What may be under way at once: in all, and of one sender. Whoever finds no room is to come again; nothing is dropped. */
export interface Room {
  /** Answers how to leave again; null where there is no room. */
  enter(sender: string, size: number): (() => void) | null
}

/** Room for so much in all, and so much of each sender, in whatever unit its callers count. */
export const roomFor = ({ all, each }: { readonly all: number; readonly each: number }): Room => {
  const held = new Map<string, number>()
  let used = 0
  return {
    enter(sender, size) {
      const before = held.get(sender) ?? 0
      if (used + size > all || before + size > each) return null
      used += size
      held.set(sender, before + size)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        used -= size
        const left = held.get(sender)! - size
        if (left > 0) held.set(sender, left)
        else held.delete(sender)
      }
    },
  }
}
