import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SyncAnswer } from '#domain/protocol.ts'
import { openStore } from '#server/db/connect.ts'
import { verifyDatabase } from '#server/operations/verify/database.ts'
import { type Away, prepareReturning } from '#test/support/away.ts'
import type { Talk } from '#test/support/node-transport.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { type Returning, workOffline } from '#test/support/returning.ts'
import { roundRobin } from '#test/support/round-robin.ts'
import { readLog } from '#test/support/sender.ts'
import { type ServerData, serverSecret, startServer } from '#test/support/server.ts'

const tabletCount = 20
const changes = 20

let postgres: TestPostgres
let data: ServerData
let away: Away[]
let tablets: Returning[]
beforeAll(async () => {
  postgres = await startPostgres()
  data = { dataDir: mkdtempSync(join(tmpdir(), 'bowon-two-')), databaseUrl: await postgres.createDatabase() }
  away = await prepareReturning(data, tabletCount)
  tablets = await Promise.all(away.map((one, i) => workOffline(one, i + 1, changes)))
}, 60_000)
afterAll(async () => {
  for (const one of tablets) one.close()
  await postgres.stop()
  rmSync(data.dataDir, { recursive: true, force: true })
})

test('twenty tablets return to two processes on one PostgreSQL, one is killed in the middle, and every change is there once', async () => {
  const [first, second] = await Promise.all([startServer(data), startServer(data)])
  const proxy = await roundRobin([first.port, second.port])
  const talks: Talk[] = []
  let killed: Promise<void> | undefined
  await Promise.all(
    tablets.map((one) =>
      one.goOnline(proxy.port, (talk) => {
        talks.push(talk)
        // the others' requests are under way
        if (talks.length === 5) killed = first.kill()
      }),
    ),
  )
  await killed
  proxy.close()
  const answers = talks.filter(({ status }) => status !== 0)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(answers.flatMap(({ text }) => (JSON.parse(text) as SyncAnswer).results)).toEqual([])
  expect(talks.length, 'requests that the kill broke off').toBeGreaterThan(answers.length)
  for (const one of tablets) expect(await one.counts()).toEqual({ waiting: 0, held: 0, safe: changes })
  expect(await second.stop()).toBe(0)

  const log = await readLog(data)
  for (const { identity } of away) {
    const own = log.filter(({ device }) => device === identity.device).map(({ n }) => n)
    expect(own.sort((a, b) => a - b)).toEqual(Array.from({ length: changes }, (_, i) => i + 1))
  }
  const store = await openStore(data)
  const findings = await verifyDatabase(store, serverSecret)
  await store.close()
  expect(findings.filter(({ is }) => is !== 'good')).toEqual([])
}, 60_000)
