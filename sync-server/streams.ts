import { ok } from '#domain/kernel/result.ts'
import { bounds } from './bounds.ts'
import { type Room, roomFor } from './http/room.ts'
import { type Answer, refuse } from './people/call.ts'

/** Server-sent events; no proxy is to gather them up. */
const eventHeaders = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }

export const newStreams = (): Room => roomFor(bounds.streams)

/** A stream of what `listen` tells, while there is room for one more of this session; who finds none is to come again. */
export const streamOf = (streams: Room, session: string, listen: () => AsyncIterable<string>): Answer => {
  const leave = streams.enter(session, 1)
  if (!leave) return refuse('too-many-attempts', { retryAfter: bounds.streamAgainAfter })
  return ok({ headers: eventHeaders, stream: untilLeft(listen(), leave) })
}

async function* untilLeft(told: AsyncIterable<string>, leave: () => void): AsyncIterable<string> {
  try {
    yield* told
  } finally {
    leave()
  }
}
