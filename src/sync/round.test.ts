import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'
import { verify } from '#test/support/tablet.ts'
import { batchSize } from './batch.ts'
import { exchangeOnce } from './round.ts'

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let somchai: Worker

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  const school: RecordId = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  await somchai.store.save(anActivity(somchai, school))
})
afterEach(async () => {
  somchai.store.close()
  await server.end()
})

const exchanges = (alive: () => boolean) => {
  const { store, tablet, staff } = somchai
  const ports = {
    exchange: store.exchange,
    transport: somchai.line(),
    verify,
    now: () => tablet.now,
    identity: () => store.people.identity.peek(),
    person: () => staff,
    alive,
  }
  return exchangeOnce(ports, batchSize())
}

test('the answer to an exchange that was given up does not count, and the change is sent once more', async () => {
  const late = await exchanges(() => false)
  expect(late).toMatchObject({ state: 'later', failure: { detail: 'late' } })
  expect(await somchai.store.exchange.queue()).toHaveLength(1)
  expect(await somchai.store.exchange.standpoint(somchai.staff)).toMatchObject({ head: null, cursor: null })
  expect(await exchanges(() => true)).toMatchObject({ state: 'quiet' })
  expect(await somchai.store.exchange.queue()).toHaveLength(0)
  expect(await server.store.db.selectFrom('changes').select('n').where('n', '=', 1).execute()).not.toHaveLength(0)
})
