import { bounds } from './bounds.ts'
import { roomFor } from './http/room.ts'
import { takingTurns } from './http/turns.ts'
import type { InTurn } from './people/sign-in.ts'

/** Strangers' passwords are compared one after another; an address that has enough of them waiting, or all of them together, is to come again. */
export const newGuesses = (): InTurn => {
  const room = roomFor(bounds.strangersGuesses)
  const turn = takingTurns(bounds.strangersGuessesAtOnce)
  return async (address, work) => {
    const leave = room.enter(address, 1)
    if (!leave) return null
    try {
      return await work(turn)
    } finally {
      leave()
    }
  }
}
