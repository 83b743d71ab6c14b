import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { chanceOf } from '#test/simulation/chance.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { type LoopDisk, makeDisk, whyNoDisk } from '#test/support/loop-disk.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { expectNoneDoubled, expectNoneLost, makeSender, readLog, type Sender } from '#test/support/sender.ts'
import { prepareServer, type RunningServer, type ServerData, startServer } from '#test/support/server.ts'
import { environmentFor, unflushed } from './named-points.ts'

// Only what was flushed survives (faults 9, 47). The data lie on a disk of their own. Under load the server is stopped right after an
// acknowledgement, and the device below the file system is copied as it is at that moment: what only lies in the page cache is not in the
// copy, just as it would not be on a disk after a power cut. The copy is mounted afresh, and the next server begins there. What is not shown:
// a drive that lies about its own cache.

/** Power cuts on each database; the soak raises this to 50. */
const cuts = Number(process.env.POWER_CUTS ?? 1)
const reason = whyNoDisk()
const disks: LoopDisk[] = []
afterAll(() => {
  for (const disk of disks) disk.forget()
})

/** Moves to the copy; the disk before is gone. */
const moveTo = (copy: LoopDisk) => {
  for (const old of disks.splice(0)) old.forget()
  disks.push(copy)
  return copy
}

/** Pushes from all tablets until so many answers have come, then stops the server where it stands and copies the disk. */
const copyUnderLoad = async (server: RunningServer, senders: readonly Sender[], answers: number): Promise<LoopDisk> => {
  let left = answers
  let copy: LoopDisk | undefined
  await Promise.all(
    senders.map(async (one) => {
      while (!copy) {
        await one.push(server.port).catch((error) => expect(copy, String(error)).toBeDefined())
        if (--left > 0 || copy) continue
        process.kill(server.pid, 'SIGSTOP')
        copy = disks.at(-1)!.copy()
        await server.kill()
      }
    }),
  )
  return copy!
}

/** Everything that waits is sent to a last server; answers how much has been acknowledged in all. */
const settle = async (data: ServerData, senders: readonly Sender[]) => {
  const last = await startServer(data)
  for (const one of senders) await one.push(last.port)
  expect(await last.stop()).toBe(0)
  const log = await readLog(data)
  expectNoneDoubled(log, senders)
  return expectNoneLost(log, senders)
}

const onADisk = () => {
  const chance = chanceOf(seed)

  test(
    `on SQLite, ${cuts} power cuts: every acknowledged change is there`,
    async () => {
      let disk = moveTo(makeDisk(64))
      const senders = (await prepareServer({ dataDir: disk.folder }, 4)).map(makeSender)
      for (let cut = 0; cut < cuts; cut++) {
        const server = await startServer({ dataDir: disk.folder })
        disk = moveTo(await copyUnderLoad(server, senders, 5 + chance.below(60)))
        expectNoneLost(await readLog({ dataDir: disk.folder }), senders)
      }
      const acknowledged = await settle({ dataDir: disk.folder }, senders)
      printFigure(`SQLite: ${cuts} power cuts, ${acknowledged} changes acknowledged, 0 lost, 0 doubled`)
    },
    cuts * 15_000 + 60_000,
  )

  test('a server that confirms before it has flushed is found out', async () => {
    const disk = moveTo(makeDisk(64))
    const senders = (await prepareServer({ dataDir: disk.folder }, 4)).map(makeSender)
    const server = await startServer({ dataDir: disk.folder }, { environment: environmentFor(unflushed) })
    const copy = moveTo(await copyUnderLoad(server, senders, 40))
    const log = await readLog({ dataDir: copy.folder })
    expect(() => expectNoneLost(log, senders)).toThrow('lost: change')
  })

  test(
    `on PostgreSQL, ${cuts} power cuts: every acknowledged change is there`,
    async () => {
      let disk = moveTo(makeDisk(400))
      const home = (on: LoopDisk) => join(on.folder, 'postgres')
      mkdirSync(home(disk))
      let postgres = await startPostgres(home(disk))
      const databaseUrl = await postgres.createDatabase()
      const name = new URL(databaseUrl).pathname.slice(1)
      const data = (): ServerData => ({ dataDir: disk.folder, databaseUrl: postgres.address(name) })
      const senders = (await prepareServer(data(), 4)).map(makeSender)
      for (let cut = 0; cut < cuts; cut++) {
        const copy = await copyUnderLoad(await startServer(data()), senders, 5 + chance.below(60))
        await postgres.stop()
        disk = moveTo(copy)
        postgres = await startPostgres(home(disk))
        expectNoneLost(await readLog(data()), senders)
      }
      const acknowledged = await settle(data(), senders)
      await postgres.stop()
      printFigure(`PostgreSQL: ${cuts} power cuts, ${acknowledged} changes acknowledged, 0 lost, 0 doubled`)
    },
    cuts * 30_000 + 120_000,
  )
}

if (reason === null) describe('only what was flushed survives', onADisk)
else
  test(`the power of a disk cannot be cut here: ${reason}`, () => {
    expect(process.env.POWER_CUTS, 'the soak needs a machine where it can').toBeUndefined()
  })
