import { n } from '#src/i18n/index.ts'
import type { Sending } from '#src/sync/state.ts'

const kilobyte = 1024

/** Bytes as people say them: kilobytes, and megabytes with one decimal. */
export const bytesText = (bytes: number): string =>
  bytes < kilobyte * kilobyte
    ? `${n(Math.max(1, Math.round(bytes / kilobyte)))} KB`
    : `${n(bytes / kilobyte / kilobyte, { maximumFractionDigits: 1 })} MB`

/** Too early to say anything honest. */
const leastMs = 2000

/** Whole minutes that what is left will take at the speed so far; null while that is not known. */
export const minutesLeft = ({ bytes, ofBytes, ms }: Pick<Sending, 'bytes' | 'ofBytes' | 'ms'>): number | null =>
  bytes <= 0 || ms < leastMs ? null : Math.floor(((ofBytes - bytes) * ms) / bytes / 60_000)
