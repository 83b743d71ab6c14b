import { momentText } from '#src/i18n/index.ts'
import { w } from '../words.ts'

/** A tablet as the server knows it. */
export interface Device {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly seenAt: number | null
  readonly revokedAt: number | null
  readonly people: readonly string[]
  /** Its record; null where it was known before there was enrolment. */
  readonly tablet: string | null
}

export const lastSeen = ({ seenAt }: Device): string =>
  seenAt === null ? w('devices.neverSeen') : w('devices.seen', { time: momentText(seenAt) })
