import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import type { Values } from '#domain/record-kind.ts'
import type { activity } from '#domain/records/activity.ts'
import { type Activity, newestFirst } from './log.ts'

type Answers = Values<typeof activity>

/** What is alike from one time to the next; who came and what came of it never is. */
const repeated = [
  'node',
  'type',
  'place',
  'facilitator',
  'rightsAreas',
  'targetGroups',
  'nhrpAreas',
  'napAreas',
] as const satisfies readonly (keyof Answers)[]

/** The person's newest activity at a place; anywhere if there is none there, or no place is given. */
export const lastOf = (all: readonly Activity[], person: string, place?: string): Activity | undefined => {
  const own = newestFirst(all.filter((one) => one.created?.author === person && !one.withdrawn))
  return own.find((one) => place !== undefined && one.values.place === place) ?? own[0]
}

/**
 * The answers that last time's activity gives a form. Only fields that the person has left as the form began are filled; a type is not
 * taken over to another node. Empty when there is nothing to fill.
 */
export const prefill = (last: Answers, now: Answers, began: Answers): Partial<Answers> => {
  const answers: Record<string, Json> = {}
  for (const name of repeated) {
    const [before, current] = [last[name], now[name]]
    const untouched = equalJson(current ?? null, began[name] ?? null)
    if (before !== undefined && untouched && !equalJson(before, current ?? null)) answers[name] = before as Json
  }
  const node = answers.node ?? now.node
  if (node !== last.node) delete answers.type
  return answers as Partial<Answers>
}
