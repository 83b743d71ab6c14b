import { describe, expect, test } from 'vitest'
import { chainHash, changeDigest, firstChain } from '#domain/change.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { emptyRecord, mergeAll } from '#domain/merge.ts'
import { readNews } from '#domain/news.ts'
import { view } from '#domain/view.ts'
import { retryHeld } from '#server/log/settle-held.ts'
import { on } from '#test/support/on.ts'
import {
  activityFields,
  beginProvince,
  makeId,
  makeTablet,
  type TestProvince,
  type TestTablet,
} from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('The log', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    return { province, place, officer, tablet }
  }
  const activity = (tablet: TestTablet, place: string, record = makeId(), more = {}) =>
    tablet.change(record, 'activity', activityFields(place, more))

  test('a number that nobody comes to by counting is held, and the tablet counts on from its own', async () => {
    const { place, tablet } = await begin()
    const far = tablet.change(makeId(), 'activity', activityFields(place), { n: Number.MAX_SAFE_INTEGER })
    const answer = await tablet.send([far])
    expect(answer.results).toMatchObject([{ n: Number.MAX_SAFE_INTEGER, code: 'malformed-change', field: 'n' }])
    expect(answer.lastN).toBe(0)
    expect((await tablet.send([activity(tablet, place)])).results).toEqual([])
  })

  describe('law 3: the server alone orders', () => {
    test('a change gets the next number, and its record can be looked up by place and day', async () => {
      const { province, place, tablet } = await begin()
      const before = (await province.log()).length
      const record = makeId()
      const answer = await tablet.send([activity(tablet, place, record)])
      expect(answer.results).toEqual([])
      expect(answer.receipt.receipt.runs).toEqual([[1, before + 1, 1]])
      expect((await province.records()).get(record)).toMatchObject({
        scope: place,
        place,
        day: '2026-11-02',
        seq: before + 1,
      })
    })

    test('tablets that push at once get numbers without a gap, in the order of the commits', async () => {
      const { province, place, officer } = await begin()
      const tablets = await Promise.all(Array.from({ length: 5 }, () => makeTablet(store(), province, officer)))
      await Promise.all(
        tablets.map(async (tablet) => {
          for (let i = 0; i < 4; i++) await tablet.send([activity(tablet, place), activity(tablet, place)])
        }),
      )
      const log = await province.log()
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1))
      expect(log.filter(({ device }) => tablets.some((one) => one.device === device))).toHaveLength(40)
    })

    test('a reader that follows the head while others push meets every record', async () => {
      const { province, place, officer } = await begin()
      const reader = await makeTablet(store(), province, officer)
      const writers = await Promise.all(Array.from({ length: 3 }, () => makeTablet(store(), province, officer)))
      const met = new Set<string>()
      const read = async () => {
        for (const { id } of (await reader.readAll()).records) met.add(id)
      }
      let writing = true
      const pushing = Promise.all(
        writers.map(async (tablet) => {
          for (let i = 0; i < 10; i++) await tablet.send([activity(tablet, place)])
        }),
      ).finally(() => {
        writing = false
      })
      while (writing) await read()
      await pushing
      await read()
      expect([...(await province.records()).keys()].filter((id) => !met.has(id))).toEqual([])
    })

    test('the log is one chain: every row covers the one before it', async () => {
      const { province, place, tablet } = await begin()
      await tablet.send([activity(tablet, place), activity(tablet, place)])
      let chain = firstChain
      for (const row of await province.log()) {
        expect(row.digest).toBe(changeDigest(row.device as never, row.line))
        chain = chainHash(chain, row)
        expect(row.chain).toBe(chain)
      }
    })
  })

  describe('law 4: append is idempotent', () => {
    test('the same change sent again is numbered once, and its receipt says the same', async () => {
      const { province, place, tablet } = await begin()
      const lines = [activity(tablet, place), activity(tablet, place)]
      const first = await tablet.send(lines)
      const length = (await province.log()).length
      const again = await tablet.send(lines)
      expect(again.receipt.receipt.runs).toEqual(first.receipt.receipt.runs)
      expect(again.receipt.receipt.digest).toBe(first.receipt.receipt.digest)
      expect(again.receipt.receipt.stamps).toEqual(first.receipt.receipt.stamps)
      expect((await province.log()).length).toBe(length)
    })

    test('the same change twice in one request is one change', async () => {
      const { province, place, tablet } = await begin()
      const line = activity(tablet, place)
      const before = (await province.log()).length
      const answer = await tablet.send([line, line])
      expect(answer.receipt.receipt.runs).toEqual([[1, before + 1, 1]])
    })

    test('two requests with the same changes at the same time number them once', async () => {
      const { province, place, tablet } = await begin()
      const before = (await province.log()).length
      const line = activity(tablet, place)
      const answers = await Promise.all([tablet.send([line]), tablet.send([line]), tablet.send([line])])
      expect(answers.map((one) => one.receipt.receipt.runs)).toEqual(Array(3).fill([[1, before + 1, 1]]))
    })

    test('the same number with other bytes is a cloned tablet: kept and shown, nothing is overwritten', async () => {
      const { province, place, tablet } = await begin()
      const record = makeId()
      await tablet.send([activity(tablet, place, record, { outcome: 'หนึ่ง' })])
      const fork = tablet.change(record, 'activity', activityFields(place, { outcome: 'สอง' }), { n: 1 })
      const answer = await tablet.send([fork])
      expect(answer.results).toEqual([{ n: 1, code: 'forked-device' }])
      expect(answer.receipt.receipt.held).toEqual([1])
      expect(view((await province.records()).get(record)!.state).values).toMatchObject({ outcome: 'หนึ่ง' })
      const [held] = await store().db.selectFrom('held').selectAll().where('device', '=', tablet.device).execute()
      expect(held).toMatchObject({ state: 'held', line: fork })
    })

    test("a clone's copy does not keep the tablet's next change waiting", async () => {
      const { place, tablet } = await begin()
      const record = makeId()
      await tablet.send([activity(tablet, place, record)])
      await tablet.send([tablet.change(record, 'activity', activityFields(place, { outcome: 'สอง' }), { n: 1 })])
      const next = await tablet.send([tablet.change(record, 'activity', { outcome: 'ต่อ' }, { n: 2, ...tablet.base() })])
      expect(next.results).toEqual([])
    })
  })

  describe('law 5: one merge, over stamped changes', () => {
    const stampsOf = async (province: TestProvince, tablet: TestTablet) =>
      (await province.log()).filter(({ device }) => device === tablet.device).map(({ stamp }) => stamp)

    test('a clock 543 years ahead is stamped with the time of receipt', async () => {
      const { province, place, tablet } = await begin()
      tablet.at = province.clock.now + 543 * 365 * 86_400_000
      await tablet.send([activity(tablet, place)])
      expect(await stampsOf(province, tablet)).toEqual([province.clock.now])
    })

    test('a clock a year behind is stamped with the last server time it had seen', async () => {
      const { province, place, tablet } = await begin()
      await tablet.send()
      const seen = tablet.seen
      province.clock.now += 60_000
      tablet.at = province.clock.now - 365 * 86_400_000
      await tablet.send([activity(tablet, place)])
      expect(await stampsOf(province, tablet)).toEqual([seen])
    })

    test('a change is stamped above every write that it had seen, and above the change before it', async () => {
      const { province, place, officer, tablet } = await begin()
      const record = makeId()
      await tablet.send([activity(tablet, place, record), activity(tablet, place)])
      const [, second] = await stampsOf(province, tablet)
      expect(await stampsOf(province, tablet)).toEqual([second! - 1, second])
      const other = await makeTablet(store(), province, officer)
      await other.send()
      other.at = 1
      other.seen = 1
      await other.send([other.change(record, 'activity', { facilitator: 'ก' }, other.base())])
      expect((await stampsOf(province, other))[0]).toBeGreaterThan((await stampsOf(province, tablet))[0]!)
      expect(view((await province.records()).get(record)!.state).values).toMatchObject({ facilitator: 'ก' })
    })

    test('the receipt names each stamp that is not simply the time of the tablet', async () => {
      const { place, tablet } = await begin()
      const answer = await tablet.send([activity(tablet, place), activity(tablet, place)])
      const log = await store().db.selectFrom('changes').selectAll().where('device', '=', tablet.device).execute()
      expect(answer.receipt.receipt.stamps).toEqual({ 2: log.find(({ n }) => n === 2)!.stamp })
    })

    test('the same count on two tablets is a conflict until somebody who saw both settles it', async () => {
      const { province, place, officer, tablet } = await begin()
      const record = makeId()
      await tablet.send([activity(tablet, place, record)])
      const other = await makeTablet(store(), province, officer)
      await other.readAll()
      const base = tablet.base()
      await tablet.send([tablet.change(record, 'activity', { from25Female: 10 }, base)])
      await other.send([other.change(record, 'activity', { from25Female: 12 }, base)])
      const shown = () => province.records().then((all) => view(all.get(record)!.state))
      expect((await shown()).conflicts.from25Female?.map(({ value }) => value).sort()).toEqual([10, 12])
      await other.readAll()
      await other.send([other.change(record, 'activity', { from25Female: 11 }, other.base())])
      expect(await shown()).toMatchObject({ conflicts: {}, values: { from25Female: 11 } })
    })

    test('a base that goes back counts as its tablet’s earlier one, and the tablet is told', async () => {
      const { province, place, officer, tablet } = await begin()
      const [record, other] = [makeId(), await makeTablet(store(), province, officer)]
      await tablet.send([activity(tablet, place, record)])
      const before = tablet.base()
      await other.readAll()
      await other.send([other.change(record, 'activity', { outcome: 'ของเพื่อน' }, other.base())])
      const read = await tablet.readAll()
      const lines = [
        tablet.change(record, 'activity', { outcome: 'สอง' }, tablet.base()),
        tablet.change(record, 'activity', { outcome: 'สาม' }, before),
      ]
      const told = await tablet.send(lines)
      const { state } = (await province.records()).get(record)!
      expect(view(state)).toMatchObject({ conflicts: {}, values: { outcome: 'สาม' } })
      // who meets the last of the two alone folds as the server does, and so does the tablet that wrote them
      const known = read.records.find(({ id }) => id === record)!
      const news = (await other.readAll()).records.find(({ id }) => id === record)!
      for (const one of [news, told.records.find(({ id }) => id === record)!]) {
        const writes = [...readNews(known).writes, ...readNews(one).writes]
        expect(view(mergeAll(emptyRecord(record, 'activity'), writes)).values).toMatchObject({ outcome: 'สาม' })
        expect(readNews(one).writes.find(({ n }) => n === 3)).toMatchObject({ base: state.writes.at(-1)!.base })
      }
    })

    describe('what a writer had seen', () => {
      /** A record of which one tablet has read everything but the other's last word, `outcome`. */
      const unread = async () => {
        const { province, place, officer, tablet } = await begin()
        const [record, other] = [makeId(), await makeTablet(store(), province, officer)]
        await tablet.send([activity(tablet, place, record, { facilitator: 'ก', from25Female: 1 })])
        await other.readAll()
        await tablet.send([tablet.change(record, 'activity', { outcome: 'ของเพื่อน' }, tablet.base())])
        const claim = (seq: number) => ({ base: { epoch: province.epoch, seq } })
        const conflicts = async () => Object.keys(view((await province.records()).get(record)!.state).conflicts)
        return { province, officer, record, other, claim, conflicts }
      }

      test('is no more than the head that the request shows', async () => {
        const { record, other, claim, conflicts } = await unread()
        await other.send([other.change(record, 'activity', { outcome: 'ของฉัน', from25Female: 2 }, claim(10_000))])
        expect(await conflicts()).toEqual(['outcome'])
      })

      test('is nothing where it shows none', async () => {
        const { record, other, conflicts } = await unread()
        const line = other.change(record, 'activity', { outcome: 'ของฉัน', from25Female: 2 }, other.base())
        other.head = undefined
        await other.send([line])
        expect((await conflicts()).toSorted()).toEqual(['from25Female', 'outcome'])
      })

      test('stays what it was when it came, where it is held and let go by somebody else', async () => {
        const { province, record, other, claim, conflicts } = await unread()
        const newcomer = (await province.staff(['officer'], [])) as StaffId
        await other.joins(newcomer)
        const set = { outcome: 'ของฉัน', from25Female: 2 }
        const line = other.change(record, 'activity', set, { ...claim(10_000), author: newcomer })
        expect((await other.send([line])).results).toMatchObject([{ code: 'place-not-yours' }])
        const { place } = (await province.records()).get(record)!
        await province.own('staff', { places: on(place!) }, newcomer)
        const at = { province: province.id, device: other.device, now: province.clock.now }
        expect(await store().transaction((tx) => retryHeld(tx, at))).toBe(1)
        expect(await conflicts()).toEqual(['outcome'])
      })
    })
  })
})
