import { describe, expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { newActivity, numberOf, officer, school, someId } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { SignInNews } from './identity-types.ts'

describe('who works on this tablet', () => {
  const news = (more: Partial<SignInNews> = {}): SignInNews => ({
    person: officer,
    username: 'somchai',
    standing: { staff: officer, roles: ['officer'], places: [school] },
    device: { id: 'x', credential: 'secret' },
    province: { id: 'p', name: 'จังหวัดสมมติ', sample: false, epoch: 'e', idKey: 'AA' },
    receiptKeys: [{ id: 'k', public: 'AA' }],
    deskLists: [],
    ...more,
  })

  test('the people, the credential and the pinned key outlive an erased IndexedDB', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.people.signedIn(news())
    await store.people.signedIn(news({ person: someId() as StaffId, username: 'malee', device: { id: 'x' } }))
    await store.people.switchTo(officer)
    store.close()
    for (const folder of Object.values(tablet.disk)) folder.crash()
    tablet.eraseDatabase()
    const { people } = await tablet.open()
    expect(people.current.peek()?.username).toBe('somchai')
    expect(people.all.peek()).toHaveLength(2)
    expect(people.identity.peek()).toMatchObject({ credential: 'secret', receiptKeys: [{ id: 'k' }] })
  })

  test('signing out leaves the records, and what waits is still sent', async () => {
    const store = await makeTablet().open()
    await store.people.signedIn(news())
    await store.save(newActivity())
    await store.people.signedOut(officer)
    expect(store.people.current.peek()).toBeNull()
    expect(await store.exchange.queue()).toHaveLength(1)
  })

  test('a receipt key that no pinned key endorses is not trusted', async () => {
    const store = await makeTablet().open()
    await store.people.signedIn(news())
    const forged = news({ receiptKeys: [{ id: 'other', public: 'BB' }] })
    expect(await store.people.signedIn(forged)).toMatchObject({ ok: false, failure: { detail: 'receipt-key' } })
    expect(store.people.identity.peek().receiptKeys).toEqual([{ id: 'k', public: 'AA' }])
  })

  test('a tablet with unsent work does not go over to another province', async () => {
    const store = await makeTablet().open()
    await store.people.signedIn(news())
    await store.save(newActivity())
    const other = news({ province: { ...news().province, id: 'q' } })
    expect(await store.people.signedIn(other)).toMatchObject({ ok: false, failure: { detail: 'other-province' } })
    expect(await store.records(activity)).toHaveLength(1)
  })

  test('invented work is left behind with the sample province, and never comes back', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.people.signedIn(news({ province: { ...news().province, sample: true } }))
    await store.save(newActivity())
    expect((await store.people.signedIn(news({ province: { ...news().province, id: 'q' } }), 'q')).ok).toBe(true)
    expect(await store.records(activity)).toEqual([])
    store.close()
    for (const folder of Object.values(tablet.disk)) folder.crash()
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect(await next.records(activity)).toEqual([])
    expect(await numberOf(next, newActivity())).toBe(2)
  })
})

test('a revoked tablet forgets everything, and is a new one afterwards', async () => {
  const tablet = makeTablet()
  const store = await tablet.open()
  const { device } = store.people.identity.peek()
  await store.save(newActivity())
  await store.draft('d').keep('words')
  // it has not handed over its work yet
  expect(await store.wipe()).toBe(false)
  expect(await store.exchange.queue()).toHaveLength(1)
  await store.core.database.outbox.clear()
  await store.core.journal!.erase()
  expect(await store.wipe()).toBe(true)
  expect(await store.records(activity)).toEqual([])
  expect(await store.exchange.queue()).toEqual([])
  store.close()
  for (const folder of Object.values(tablet.disk)) folder.crash()
  const bytes = Object.values(tablet.disk).flatMap(({ flushed }) => [...flushed.values()])
  expect(bytes.map((one) => new TextDecoder().decode(one)).join()).not.toMatch(/from15Female|words/)
  const next = await tablet.open()
  expect(next.people.identity.peek().device).not.toBe(device)
  expect(await next.records(activity)).toEqual([])
})
