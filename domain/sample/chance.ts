/** Numbers that look random and are the same for the same seed. */
export interface Chance {
  /** 0 to below `below`. */
  whole(below: number): number
  between(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** Some of them, in their order. */
  some<T>(from: readonly T[], howMany: number): T[]
}

/** Mulberry32: small, and good enough for a story. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number) => Math.floor(next() * below)
  return {
    whole,
    between: (least, most) => least + whole(most - least + 1),
    pick: (from) => from[whole(from.length)]!,
    some: (from, howMany) => {
      const left = from.map((_, at) => at)
      while (left.length > howMany) left.splice(whole(left.length), 1)
      return left.map((at) => from[at]!)
    },
  }
}
