import type { Truth } from './oracle.ts'
import { noteServer } from './wire.ts'
import { nameOf } from './witness.ts'
import { tell, type World } from './world.ts'

// A server that was restored does not know whom it let go: nothing signed counts until an administrator has gone through who may act (A12).

/** A part of the log that was written meanwhile: numbers above `after`, up to `upTo`, or up to whatever comes. */
export interface Doubted {
  readonly after: number
  readonly upTo: number | null
}

/** The server was put back to a log in which these parts stood in doubt; where a new epoch begins, all that comes does as well. */
export const restoreDoubts = ({ witness, server }: World, before: readonly Doubted[], newEpoch: boolean): void => {
  const head = server.head()
  const ended = before.map(({ after, upTo }) => ({ after, upTo: upTo ?? head }))
  witness.doubts = newEpoch ? [...ended, { after: head, upTo: null }] : before
}

/** An administrator has gone through who may act. */
export const reviewAccess = async (world: World): Promise<void> => {
  const { server, witness } = world
  const head = server.head()
  witness.doubts = witness.doubts.map((one) => ({ ...one, upTo: one.upTo ?? head }))
  const released = await server.endDoubt()
  tell(world, () => `an administrator ends the access review: ${released} changes count`)
  witness.tally.releases += released
  noteServer(world)
}

export const judgeDoubts = ({ witness: { doubts } }: World, { log }: Truth): readonly string[] =>
  log
    .filter(({ proof }) => proof !== null && !proof.startsWith('taken.'))
    .filter(({ seq }) => doubts.some(({ after, upTo }) => seq > after && (upTo === null || seq <= upTo)))
    .map((row) => `${nameOf(row)} counts, though nobody knew whether its author still may`)
