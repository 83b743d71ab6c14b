import type { Day } from '#domain/kernel/day.ts'
import { clockText, dayText } from '#src/i18n/index.ts'
import type { App } from '#src/session/context.ts'
import { w } from '../words.ts'
import type { SessionValues } from './types.ts'

/** What a session is called: its own title, else for whom it is. */
export const sessionTitle = (names: App['names'], { title, audience }: SessionValues): string =>
  title ?? (audience ? w('titleFor', { audience: names.label('gradeBand', audience) }) : w('untitled'))

/** 09.00–12.00 น. · from 09.00 · nothing. */
export const hoursText = ({ startsAt, endsAt }: SessionValues): string | undefined => {
  if (!startsAt) return undefined
  if (!endsAt) return clockText(startsAt)
  return `${clockText(startsAt).replace(' น.', '')}–${clockText(endsAt)}`
}

export const heldOnText = (
  { heldOn }: SessionValues,
  style: Parameters<typeof dayText>[1] = 'short-weekday',
): string => (heldOn ? dayText(heldOn as Day, style) : '')

export const plannedMinutes = ({ modules }: SessionValues): number =>
  Object.values(modules ?? {}).reduce((sum, module) => sum + (module.planned ?? 0), 0)
