import { describe, expect, test } from 'vitest'
import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { attendance } from '#domain/records/attendance.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { Store } from './store.ts'
import type { Edit, SignInNews } from './types.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const id = () => newId<RecordId>(random)
const officer = id() as StaffId
const school = id()

const newActivity = (more: Partial<Edit> = {}): Edit => ({
  kind: 'activity',
  record: id(),
  base: null,
  set: { node: 'school', type: 'talk', place: school, heldOn: '2026-11-23', from15Female: 12 },
  author: officer,
  ...more,
})
const numberOf = async (store: Store, edit: Edit) => {
  const saved = await store.save(edit)
  return saved.ok ? saved.value.n : saved.failure.failure.code
}
const lineOf = async (store: Store, n: number) => JSON.parse((await store.exchange.lines([n])).get(n)!)

describe('saving on this tablet', () => {
  test('what was saved is there at once, and waits to be sent', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    expect(await store.save(edit)).toEqual({ ok: true, value: { n: 1, record: edit.record } })
    const view = await store.record<typeof activity>(edit.record)
    expect(view).toMatchObject({ values: { from15Female: 12 }, safety: 'tablet', seq: 0, waiting: [1] })
    expect(await store.exchange.queue()).toHaveLength(1)
  })

  test('a change holds only what was altered, the author, and what the person had seen', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const edit = newActivity()
    await store.save(edit)
    const { base } = (await store.record(edit.record))!
    await store.save({ ...edit, base, set: { from15Female: 13 } })
    await store.record(edit.record)
    expect(await lineOf(store, 1)).not.toHaveProperty('base')
    expect(await lineOf(store, 2)).toEqual({
      n: 2,
      author: officer,
      at: tablet.now,
      seen: 0,
      kind: 'activity',
      v: 1,
      record: edit.record,
      base: { epoch: base.epoch, seq: 0 },
      set: { from15Female: 13 },
    })
  })

  test('several changes go in one flush', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const saved = await store.saveAll(Array.from({ length: 40 }, () => newActivity()))
    expect(saved.ok && saved.value.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(await store.records(activity)).toHaveLength(40)
  })

  test('all that is wrong is said, by field, and nothing is saved', async () => {
    const store = await makeTablet().open()
    const wrong = newActivity({ set: { node: 'school', heldOn: '2569-11-23', from15Female: -1, place: school } })
    const saved = await store.saveAll([newActivity(), wrong])
    expect(saved).toMatchObject({ ok: false, failure: { at: 1, failure: { code: 'invalid-value', field: 'heldOn' } } })
    expect(saved.ok || saved.failure.fields.map(({ code, field }) => `${field} ${code}`)).toEqual([
      'heldOn invalid-value',
      'from15Female invalid-value',
      'type missing-field',
    ])
    expect(await store.records(activity)).toEqual([])
  })

  test('the same draft saved again is the same change, also after a crash', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const edit = newActivity({ key: 'draft 1' })
    const [first, again] = await Promise.all([store.save(edit), store.save(edit)])
    expect(again).toEqual(first)
    store.close()
    tablet.disk.journal.crash()
    expect(await (await tablet.open()).save(edit)).toEqual(first)
  })

  test('a later change never claims to have seen less than an earlier one of this tablet to the record', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    const base = (seq: number) => ({ epoch: 'e', seq })
    for (const seq of [4, 9, 5]) await store.save({ ...edit, base: base(seq), set: { from15Male: seq } })
    await store.record(edit.record)
    expect((await lineOf(store, 3)).base).toEqual(base(9))
    await store.saveAll([11, 10].map((seq) => ({ ...edit, base: base(seq), set: { from15Male: seq } })))
    await store.record(edit.record)
    expect((await lineOf(store, 5)).base).toEqual(base(11))
  })

  test('a full tablet says so, keeps what it has, and saves again once there is room', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.save(newActivity())
    tablet.disk.journal.fillUp(true)
    expect(await numberOf(store, newActivity())).toBe('tablet-full')
    tablet.disk.journal.fillUp(false)
    expect(await numberOf(store, newActivity())).toBe(3)
    expect(await store.records(activity)).toHaveLength(2)
  })

  test('older code refuses to write where a later version has written', async () => {
    const tablet = makeTablet()
    const { database } = await tablet.ports()
    const store = await tablet.open()
    await database.open()
    await database.meta.put({ key: 'floor', value: 99 })
    expect(await numberOf(store, newActivity())).toBe('app-outdated')
  })
})

describe('the flushed journal entry is the save (law 2)', () => {
  /** Writing to IndexedDB fails until it is healed. */
  const brokenDatabase = async (tablet: ReturnType<typeof makeTablet>) => {
    const { database } = await tablet.ports()
    let broken = false
    database.outbox.hook('creating', () => {
      if (broken) throw new Error('the disk says no')
    })
    const store = await tablet.open({ database })
    return { store, break: (yes: boolean) => (broken = yes) }
  }

  test('when IndexedDB fails the save stands, and comes in with the next one', async () => {
    const tablet = makeTablet()
    const { store, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    expect(await numberOf(store, newActivity())).toBe(1)
    expect(await store.records(activity)).toEqual([])
    breakIt(false)
    expect(await numberOf(store, newActivity())).toBe(2)
    expect(await store.records(activity)).toHaveLength(2)
  })

  test('and if the browser dies before that, it comes in at the next start', async () => {
    const tablet = makeTablet()
    const { store, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    await store.save(newActivity())
    store.close()
    tablet.disk.journal.crash()
    const next = await tablet.open()
    expect(next.recovered.peek()).toBeNull()
    expect(await next.records(activity)).toHaveLength(1)
    expect(await numberOf(next, newActivity())).toBe(2)
  })

  test('an erased IndexedDB is rebuilt, the counter goes on, and the person is told', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    for (let count = 0; count < 3; count++) await store.save(newActivity())
    const { device } = store.people.identity.peek()
    store.close()
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect(next.recovered.peek()).toEqual({ changes: 3 })
    expect(next.people.identity.peek().device).toBe(device)
    expect(await next.records(activity)).toHaveLength(3)
    expect(await numberOf(next, newActivity())).toBe(4)
  })

  test('a deleted journal is written again from what still has to be sent', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.save(newActivity())
    await store.record(id())
    store.close()
    for (const folder of Object.values(tablet.disk)) {
      folder.crash()
      folder.flushed.clear()
    }
    const again = await tablet.open()
    again.close()
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    expect(await (await tablet.open()).records(activity)).toHaveLength(1)
  })

  test('a tablet on which everything was erased is a new tablet', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const { device } = store.people.identity.peek()
    store.close()
    for (const folder of Object.values(tablet.disk)) {
      folder.crash()
      folder.flushed.clear()
    }
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect(next.people.identity.peek().device).not.toBe(device)
    expect(next.recovered.peek()).toBeNull()
  })

  test('without OPFS the save is the transaction, and the screen can tell', async () => {
    const tablet = makeTablet({ journal: false })
    const store = await tablet.open()
    expect(store.journalKind).toBe('none')
    await store.save(newActivity())
    await store.draft('d').keep({ words: 'half' })
    store.close()
    const next = await tablet.open()
    expect(await next.records(activity)).toHaveLength(1)
    expect(await next.draft('d').load()).toEqual({ words: 'half' })
    expect(await numberOf(next, newActivity())).toBe(2)
  })

  test('without OPFS a failing transaction is a failed save, and the number is not used again', async () => {
    const tablet = makeTablet({ journal: false })
    const { store, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    await expect(store.save(newActivity())).rejects.toThrow('the disk says no')
    breakIt(false)
    expect(await numberOf(store, newActivity())).toBe(2)
    expect(await store.records(activity)).toHaveLength(1)
  })
})

describe('reading', () => {
  const on = (heldOn: string, place = school) =>
    newActivity({ set: { node: 'school', type: 'talk', place, heldOn, from15Female: 1 } })

  test('by day, by place, both, and the newest first', async () => {
    const store = await makeTablet().open()
    const temple = id()
    await store.saveAll([on('2026-11-01'), on('2026-11-03'), on('2026-11-02', temple), on('2026-10-31', temple)])
    const days = async (where: Parameters<Store['records']>[1]) =>
      (await store.records(activity, where)).map(({ values }) => values.heldOn)
    expect(await days({})).toEqual(['2026-11-03', '2026-11-02', '2026-11-01', '2026-10-31'])
    expect(await days({ from: '2026-11-01', to: '2026-11-02' })).toEqual(['2026-11-02', '2026-11-01'])
    expect(await days({ day: '2026-11-03' })).toEqual(['2026-11-03'])
    expect(await days({ place: temple })).toEqual(['2026-11-02', '2026-10-31'])
    expect(await days({ place: temple, from: '2026-11-01' })).toEqual(['2026-11-02'])
    expect(await days({ limit: 2 })).toEqual(['2026-11-03', '2026-11-02'])
  })

  test('what belongs to a session is found by its parent', async () => {
    const store = await makeTablet().open()
    const [session, other] = [id(), id()]
    const tap = (parent: RecordId) => ({ ...newActivity(), kind: 'attendance', set: { session: parent, person: id() } })
    await store.saveAll([tap(session), tap(session), tap(other)])
    expect(await store.records(attendance, { parent: session })).toHaveLength(2)
  })

  test('withdrawn records are left out unless they are asked for', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    await store.save(edit)
    const { base } = (await store.record(edit.record))!
    await store.save({ ...edit, base, set: { withdrawn: { reason: 'entered twice' } } })
    expect(await store.records(activity)).toEqual([])
    expect(await store.records(activity, { withdrawn: true })).toHaveLength(1)
  })

  test('a live list follows what is saved, and is one signal for one question', async () => {
    const store = await makeTablet().open()
    const list = store.live(activity, { day: '2026-11-23' })
    expect(store.live(activity, { day: '2026-11-23' })).toBe(list)
    const seen: (number | undefined)[] = []
    const stop = list.subscribe((views) => seen.push(views?.length))
    await expect.poll(() => seen.at(-1)).toBe(0)
    await store.save(newActivity())
    await expect.poll(() => seen.at(-1)).toBe(1)
    stop()
    await store.save(newActivity())
    await store.records(activity)
    expect(seen.at(-1)).toBe(1)
  })

  test('the badge’s counts follow', async () => {
    const store = await makeTablet().open()
    let waiting = -1
    store.counts.subscribe((counts) => {
      waiting = counts.waiting
    })
    await store.saveAll([newActivity(), newActivity()])
    await expect.poll(() => waiting).toBe(2)
  })
})

describe('who works on this tablet', () => {
  const news = (more: Partial<SignInNews> = {}): SignInNews => ({
    person: officer,
    username: 'somchai',
    standing: { staff: officer, roles: ['officer'], places: [school] },
    device: { id: 'x', credential: 'secret' },
    province: { id: 'p', name: 'จังหวัดสมมติ', sample: false, epoch: 'e', idKey: 'AA' },
    receiptKeys: [{ id: 'k', public: 'AA' }],
    desk: null,
    ...more,
  })

  test('the people, the credential and the pinned key outlive an erased IndexedDB', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.people.signedIn(news())
    await store.people.signedIn(news({ person: id() as StaffId, username: 'malee', device: { id: 'x' } }))
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
    expect((await store.people.signedIn(news({ province: { ...news().province, id: 'q' } }))).ok).toBe(true)
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
  await store.wipe()
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

describe('drafts', () => {
  test('are kept, listed and discarded, and outlive a crash', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.draft('one').keep({ words: 'a' })
    await store.draft('one').keep({ words: 'ab' })
    await store.draft('two').keep('x')
    store.close()
    for (const folder of Object.values(tablet.disk)) folder.crash()
    const next = await tablet.open()
    expect(await next.draftKeys()).toEqual(['one', 'two'])
    expect(await next.draft('one').load()).toEqual({ words: 'ab' })
    await next.draft('one').discard()
    expect(await next.draft('one').load()).toBeNull()
  })
})
