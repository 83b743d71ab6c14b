import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { endorsementText } from '#domain/receipt.ts'
import { view } from '#domain/view.ts'
import { writeDown } from '#server/log/access-log.ts'
import { loadReceiptKey, makeReceiptKey, verifyReceipt } from '#server/log/receipts.ts'
import { refold } from '#server/log/refold.ts'
import { activityFields, beginProvince, makeId, makeTablet, secret, type TestProvince } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('A tablet’s head', ({ store, reopen }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    return { province, place, officer, tablet }
  }

  /** What a restore of an older backup leaves: a log that ends earlier, and a new epoch. */
  const restoreTo = async (province: TestProvince, seq: number, newEpoch: string | null) => {
    const last = (await province.log()).find((row) => row.seq === seq)!
    await store().transaction(async ({ db }) => {
      const of = province.id
      await db.deleteFrom('changes').where('province', '=', of).where('seq', '>', seq).execute()
      await db.deleteFrom('records').where('province', '=', of).execute()
      await db.updateTable('provinces').set({ seq, chain: last.chain }).where('id', '=', of).execute()
      if (!newEpoch) return
      await db.updateTable('provinces').set({ epoch: newEpoch }).where('id', '=', of).execute()
      await db
        .insertInto('epochs')
        .values({ province: of, epoch: newEpoch, ordinal: 2, begins_after: seq, begun_at: 0 })
        .execute()
    })
    await refold(store(), province.id)
  }

  describe('law 7: safe means a receipt', () => {
    test('every answer is signed, also one that acknowledges nothing', async () => {
      const { province, tablet } = await begin()
      const { receipt } = await tablet.send()
      expect(receipt.receipt).toMatchObject({ runs: [], held: [], device: tablet.device, key: province.key.id })
      expect(verifyReceipt(province.key.public, receipt)).toBe(true)
      const forged = { ...receipt, receipt: { ...receipt.receipt, seq: receipt.receipt.seq + 1 } }
      expect(verifyReceipt(province.key.public, forged)).toBe(false)
    })

    test('from protocol 2 on it names the head of the access log, and programs of before get a receipt that they can check', async () => {
      const { province, tablet } = await begin()
      const deed = { at: 0, staff: province.admin, device: null, act: 'signed-in' } as const
      await store().transaction(({ db }) => writeDown(db, province.id, deed))
      const { receipt } = await tablet.send([], { header: { protocol: 2 } })
      const row = await store()
        .db.selectFrom('access_log')
        .select(['seq', 'chain'])
        .where('province', '=', province.id)
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow()
      expect(receipt.receipt.access).toEqual(row)
      expect(verifyReceipt(province.key.public, receipt)).toBe(true)
      const { access: _, ...without } = receipt.receipt
      expect(verifyReceipt(province.key.public, { ...receipt, receipt: without })).toBe(false)
      expect((await tablet.send([], { header: { protocol: 1 } })).receipt.receipt).not.toHaveProperty('access')
    })

    test('the key lies wrapped: only SECRET_KEY opens it, and a successor is endorsed by it', async () => {
      const { province } = await begin()
      const opened = await loadReceiptKey(store().db, province.id, secret)
      expect(opened).toMatchObject({ id: province.key.id, public: province.key.public })
      await expect(loadReceiptKey(store().db, province.id, 'another secret')).rejects.toThrow()
      const facts = { province: province.id, secret, now: province.clock.now + 1, endorsedBy: opened! }
      const next = await store().transaction((tx) => makeReceiptKey(tx, facts))
      expect((await loadReceiptKey(store().db, province.id, secret))?.id).toBe(next.id)
      const row = await store().db.selectFrom('keys').selectAll().where('id', '=', next.id).executeTakeFirstOrThrow()
      const old = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: province.key.public }, format: 'jwk' })
      const signature = Buffer.from(row.endorsement!, 'base64url')
      expect(verify(null, Buffer.from(endorsementText(next.id, next.public)), old, signature)).toBe(true)
      expect(row.endorsed_by).toBe(province.key.id)
    })
  })

  describe('law 8: a server that lost data gets it back', () => {
    test('the newest head and every older one are known, and a made-up one is not', async () => {
      const { place, tablet } = await begin()
      await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
      const old = tablet.head!
      await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
      tablet.head = old
      await tablet.send()
      for (const wrong of [
        { ...old, chain: 'f'.repeat(64) },
        { ...old, seq: old.seq + 1 },
        { ...old, seq: 10_000 },
      ]) {
        tablet.head = wrong
        await expect(tablet.send()).rejects.toThrow('unknown-head')
      }
      tablet.head = { ...old, epoch: makeId() as string }
      await expect(tablet.send()).rejects.toThrow('split-server')
    })

    test('a tablet that offers its changes again to a restored server gives it back what it lost', async () => {
      const { province, place, tablet } = await begin()
      const lines = [1, 2, 3].map(() => tablet.change(makeId(), 'activity', activityFields(place)))
      await tablet.send(lines.slice(0, 1))
      const kept = tablet.head!.seq
      const lost = await tablet.send(lines.slice(1))
      await restoreTo(province, kept, makeId())
      await expect(tablet.send()).rejects.toThrow('unknown-head')
      tablet.head = undefined
      const answer = await tablet.send(lines)
      expect(answer.receipt.receipt.runs.map(([n, , count]) => [n, count])).toEqual([[1, 3]])
      expect(answer.receipt.receipt.epoch).not.toBe(lost.receipt.receipt.epoch)
      expect((await province.records()).size).toBe(4 + 2)
    })

    test('a copied file without a new epoch is noticed too, by the chain', async () => {
      const { province, place, officer, tablet } = await begin()
      await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
      const kept = tablet.head!.seq
      const other = await makeTablet(store(), province, officer)
      await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
      await restoreTo(province, kept, null)
      await other.send([other.change(makeId(), 'activity', activityFields(place))])
      await expect(tablet.send()).rejects.toThrow('unknown-head')
    })

    test('a head from before the restore is still known, and its reader starts again from 0', async () => {
      const { province, place, officer, tablet } = await begin()
      await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
      const reader = await makeTablet(store(), province, officer)
      const read = await reader.readAll()
      await restoreTo(province, tablet.head!.seq, makeId())
      const again = await reader.readAll()
      expect(again.records.map(({ id }) => id).toSorted()).toEqual(read.records.map(({ id }) => id).toSorted())
    })

    test('what a lost change had been told counts as not seen', async () => {
      const { province, place, officer, tablet } = await begin()
      const record = makeId()
      await tablet.send([tablet.change(record, 'activity', activityFields(place, { from25Female: 1 }))])
      const kept = tablet.head!.seq
      await tablet.send([tablet.change(record, 'activity', { from25Female: 2 }, tablet.base())])
      const lostBase = tablet.base()
      await restoreTo(province, kept, makeId())
      const other = await makeTablet(store(), province, officer)
      await other.readAll()
      await other.send([other.change(record, 'activity', { from25Female: 5 }, other.base())])
      tablet.head = undefined
      await tablet.send([tablet.change(record, 'activity', { from25Female: 3 }, lostBase)])
      const shown = view((await province.records()).get(record)!.state)
      expect(shown.conflicts.from25Female?.map(({ value }) => value).toSorted()).toEqual([3, 5])
    })
  })

  test('law 9: a field that this version does not know passes through unharmed, and keeps its siblings', async () => {
    const { province, place, officer, tablet } = await begin()
    const record = makeId()
    await tablet.send([tablet.change(record, 'activity', activityFields(place, { mood: { a: ['ดี', null] } }))])
    const other = await makeTablet(store(), province, officer)
    const news = (await other.readAll()).records.find(({ id }) => id === record)
    expect(news?.writes[0]?.set.mood).toEqual({ a: ['ดี', null] })
    await other.send([other.change(record, 'activity', { mood: 'x' })], { readsAs: null })
  })

  test('folding all records again from the log gives the same records', async () => {
    const { province, place, officer, tablet } = await begin()
    const meeting = makeId()
    const record = makeId()
    await tablet.send([
      tablet.change(record, 'activity', activityFields(place, { from25Female: 1 })),
      tablet.change(meeting, 'training-session', { place, heldOn: '2026-11-02' }),
      tablet.change(makeId(), 'attendance', { session: meeting, person: makeId() }),
      tablet.change(makeId(), 'question', { about: meeting, text: 'ถาม' }),
    ])
    const other = await makeTablet(store(), province, officer)
    await other.send([
      other.change(record, 'activity', { from25Female: 4 }, { base: { epoch: province.epoch, seq: 1 } }),
    ])
    const before = await province.records()
    await refold(store(), province.id, 'activity')
    expect(await province.records()).toEqual(before)
    await store().transaction(({ db }) => db.deleteFrom('records').where('province', '=', province.id).execute())
    await refold(store(), province.id)
    const bodies = (all: typeof before) => [...all.values()].map(({ whole_from, ...row }) => row)
    expect(bodies(await province.records())).toEqual(bodies(before))
  })

  test('everything is still there after the store was closed and opened', async () => {
    const { province, place, tablet } = await begin()
    const line = tablet.change(makeId(), 'activity', activityFields(place))
    const first = await tablet.send([line])
    const log = await province.log()
    await reopen()
    const rows = await store()
      .db.selectFrom('changes')
      .selectAll()
      .where('province', '=', province.id)
      .orderBy('seq')
      .execute()
    expect(rows).toEqual(log)
    expect(first.receipt.receipt.chain).toBe(rows.at(-1)!.chain)
  })
})
