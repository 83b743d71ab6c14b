/** Why the tablet's clock cannot be right (law 10). */
export type ClockTrouble =
  /** Before this program was built. */
  | 'before-build'
  /** More than 400 days after it: a Buddhist year taken for a Gregorian one is 543 years ahead. */
  | 'far-ahead'
  /** Before a time that the server has said. */
  | 'behind-server'
  /** More than ten minutes after the server's time, when it last answered. */
  | 'ahead-of-server'
  /** It went back while the program was running. */
  | 'went-back'

export interface ClockFacts {
  /** The wall clock, in milliseconds. */
  readonly now: number
  readonly builtAt: number
  /** Last server time seen; 0 before the first. */
  readonly seen: number
  /** How far the wall clock was ahead of the server's when it last answered, in milliseconds. */
  readonly ahead: number
  /** How far the wall clock has fallen behind the monotonic one since the program started, in milliseconds. */
  readonly fallen: number
}

const minute = 60_000
const day = 24 * 60 * minute
const tolerance = 2 * minute

/** The first thing that is wrong; null when nothing is. It blocks nothing: the person is asked for the date. */
export const clockTrouble = ({ now, builtAt, seen, ahead, fallen }: ClockFacts): ClockTrouble | null => {
  if (now < builtAt - day) return 'before-build'
  if (now > builtAt + 400 * day) return 'far-ahead'
  if (now < seen - tolerance) return 'behind-server'
  if (ahead > 10 * minute) return 'ahead-of-server'
  return fallen > tolerance ? 'went-back' : null
}

/**
 * How far the wall clock has fallen behind the monotonic one. Only that direction is told: the monotonic clock of many
 * tablets stands still while they sleep, so that a wall clock running ahead of it says nothing.
 */
export const fallenBehind = (
  start: { readonly wall: number; readonly monotonic: number },
  present: { readonly wall: number; readonly monotonic: number },
): number => Math.max(0, present.monotonic - start.monotonic - (present.wall - start.wall))
