import type { StaffId } from '#domain/kernel/id.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import { type Applied, applyAnswer } from './answer.ts'
import type { Core } from './core.ts'
import type { TakenIn } from './types.ts'

/** Records from which an answer is worth the way to a worker. */
const many = 100

/**
 * Takes in an answer whose receipt has been verified. A long one is folded and written beside the page, which meanwhile has its hands free for
 * taps; where that fails, the page does it itself: an answer may be taken in twice.
 */
export const takeIn = async (core: Core, answer: SyncAnswer, person: StaffId | null): Promise<Applied> => {
  const taken = answer.records.length < many ? null : await takenBeside(core, answer, person)
  if (!taken) return applyAnswer(core, answer, person)
  const { memory } = core
  const { lastN, seen, epoch } = taken.known
  memory.lastN = Math.max(memory.lastN, lastN)
  memory.seen = Math.max(memory.seen, seen)
  memory.epoch = epoch
  return taken.applied
}

const takenBeside = async (core: Core, answer: SyncAnswer, person: StaffId | null): Promise<TakenIn | null> => {
  const { memory, mirror, beside } = core
  const lastN = Math.max(memory.lastN, Number(mirror.get('lastN') ?? 0))
  const known = { lastN, seen: memory.seen, epoch: memory.epoch }
  return (await beside?.({ answer, person, device: core.identity().device, known })) ?? null
}
