/** Stamps order writes that had not seen each other. Given by the server at append (law 5), in milliseconds. */
export interface StampFacts {
  /** Raw time of the device. */
  readonly at: number
  /** Last server time that the device had seen. */
  readonly seen: number
  readonly receivedAt: number
  /** Greatest stamp of the writes that the change had seen; 0 when none. */
  readonly stampSeen: number
  /** Stamp of the device's previous change; 0 when none. */
  readonly devicePrevious: number
}

/**
 * The device's time, clamped to [last server time it had seen, time of receipt], and greater than every stamp it follows: a clock
 * that is 543 years ahead or a day behind changes nothing for the others.
 */
export const stampOf = ({ at, seen, receivedAt, stampSeen, devicePrevious }: StampFacts): number =>
  Math.max(Math.min(Math.max(at, seen), receivedAt), stampSeen + 1, devicePrevious + 1)
