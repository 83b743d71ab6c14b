import { randomBytes } from 'node:crypto'
import { effect } from '@preact/signals'
import { newId } from '#domain/kernel/id.ts'
import { jsonCodec } from '#src/store/codec.ts'
import { cursorKey } from '#src/store/cursor-key.ts'
import type { Edit } from '#src/store/types.ts'
import { startSync } from '#src/sync/sync.ts'
import type { Away } from './away.ts'
import { nodeTransport, type Talk } from './node-transport.ts'
import { makeTablet, verify } from './tablet.ts'

export interface Returning {
  /** Starts the shipped exchange against this port; resolves when nothing waits and both sides are quiet. */
  goOnline(port: number, heard: (talk: Talk) => void): Promise<void>
  /** Changes of this tablet that wait, that are held, and that have a verified receipt. */
  counts(): Promise<{ waiting: number; held: number; safe: number }>
  close(): void
}

/** The shipped store with so many changes saved offline: four new activities, then one altered field of one of them, and so on. */
export const workOffline = async (away: Away, seed: number, changes: number): Promise<Returning> => {
  const tablet = makeTablet({ seed })
  tablet.now = Date.now()
  const ports = await tablet.ports()
  const identity = await jsonCodec.encode(away.identity)
  await ports.journal!.put('identity', 'tablet', identity)
  await ports.database.open()
  await ports.database.meta.bulkPut([
    { key: 'identity', value: identity },
    { key: 'head', value: away.head },
    { key: 'epoch', value: away.head.epoch },
    { key: 'seen', value: tablet.now },
    { key: 'province', value: away.identity.province!.id },
    { key: cursorKey(away.staff), value: away.cursor },
  ])
  ports.database.close()
  const store = await tablet.open()
  const saved = await store.saveAll(dayOfWork(away, changes))
  if (!saved.ok) throw new Error(saved.failure.failure.code)
  await store.exchange.queue()
  let stop = () => {}
  return {
    goOnline: (port, heard) =>
      new Promise((resolve) => {
        const sync = startSync({
          store,
          transport: nodeTransport(port, away.cookie, heard),
          verify,
          lock: { hold: (_, lead) => void lead() },
          channel: { post: () => {}, listen: () => {} },
          timers: {
            after(ms, run) {
              const timer = setTimeout(run, ms)
              return () => clearTimeout(timer)
            },
          },
          now: () => Date.now(),
          monotonic: () => performance.now(),
          random: Math.random,
          builtAt: tablet.now - 86_400_000,
          triggers: () => () => {},
        })
        const watching = effect(() => {
          const { sending, failure, lastAnswer } = sync.state.value
          if (sending || failure || lastAnswer === 0) return
          queueMicrotask(() => {
            watching()
            resolve()
          })
        })
        stop = () => sync.stop()
      }),
    async counts() {
      const { database } = await tablet.ports()
      await database.open()
      const [waiting, held, safe] = await Promise.all([
        database.outbox.count(),
        database.held.count(),
        database.acked.count(),
      ])
      database.close()
      return { waiting, held, safe }
    },
    close() {
      stop()
      store.close()
    },
  }
}

const dayOfWork = ({ staff, place, head }: Away, changes: number): Edit[] => {
  const edits: Edit[] = []
  for (let i = 0; i < changes; i++) {
    const isNew = i % 5 < 4
    edits.push(
      isNew
        ? {
            kind: 'activity',
            record: newId(randomBytes),
            base: null,
            set: {
              node: 'school',
              type: 'S1',
              place,
              heldOn: '2026-11-02',
              facilitator: 'ผู้ดูแล ตัวอย่าง',
              from15Female: 1 + (i % 40),
              from15Male: i % 37,
              outcome: 'นักเรียนสรุปสิทธิของตนและทำแผนงานของห้อง '.repeat(3),
            },
            author: staff,
          }
        : {
            kind: 'activity',
            record: edits[i - 4]!.record,
            base: { epoch: head.epoch, seq: 0 },
            set: { from25Female: i },
            author: staff,
          },
    )
  }
  return edits
}
