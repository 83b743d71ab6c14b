import type { Change } from '#domain/change.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { isId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'

/** Order of sending (law 12): what is sealed, then attendance, then other text. */
export const laneOf = (kind: string): number => {
  if (kindOf(kind)?.scope.by === 'desk') return 0
  return kind === 'attendance' ? 1 : 2
}

/** Every id that a change mentions: records that must not reach the server after it. An id that is no record orders nothing. */
export const mentionedIds = (change: Pick<Change, 'set' | 'record'>): readonly string[] => {
  const found = new Set<string>()
  collect(change.set, found)
  found.delete(change.record)
  return [...found]
}

const collect = (value: Json, found: Set<string>): void => {
  if (typeof value === 'string') {
    if (isId(value)) found.add(value)
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (isId(key)) found.add(key)
      collect(inner, found)
    }
  }
}
