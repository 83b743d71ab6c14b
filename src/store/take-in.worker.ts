/// <reference lib="webworker" />
import { applyAnswer } from './answer.ts'
import { jsonCodec } from './codec.ts'
import { newMemory, type Writer } from './core.ts'
import { BowonDatabase } from './database.ts'
import type { TakenIn, ToTakeIn } from './types.ts'

// The page's own way of taking an answer in, over a connection of its own. Nothing is kept here between two answers.

const database = new BowonDatabase('bowon')
database.on('versionchange', () => {
  database.close()
  close()
  return false
})

const takeIn = async ({ answer, person, device, known }: ToTakeIn): Promise<TakenIn> => {
  const memory = Object.assign(newMemory(), known)
  const writer: Writer = {
    database,
    codec: jsonCodec,
    memory,
    locks: { exclusive: (name, work) => navigator.locks.request(name, work) as never },
    mirror: { get: () => null },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    identity: () => ({ device }),
    mayReopen: () => true,
  }
  const applied = await applyAnswer(writer, answer, person)
  return { applied, known: { lastN: memory.lastN, seen: memory.seen, epoch: memory.epoch } }
}

addEventListener('message', async ({ data }: MessageEvent<ToTakeIn>) => {
  postMessage(await takeIn(data).catch(() => null))
})
