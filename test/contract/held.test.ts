import { describe, expect, test } from 'vitest'
import type { FieldSet } from '#domain/change.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { view } from '#domain/view.ts'
import { refold } from '#server/log/refold.ts'
import { dropHeld, retryHeld } from '#server/log/settle-held.ts'
import { on } from '#test/support/on.ts'
import {
  activityFields,
  beginProvince,
  makeId,
  makeTablet,
  type TestProvince,
  type TestTablet,
} from '#test/support/province.ts'
import { isReceiptFor } from '#test/support/receipts.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('Law 6: a poisoned change', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const elsewhere = await province.place('วัดสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    return { province, place, elsewhere, officer, tablet }
  }
  const good = (tablet: TestTablet, place: string, record = makeId()) =>
    tablet.change(record, 'activity', activityFields(place))
  const bad = (tablet: TestTablet, place: string, record = makeId()) =>
    tablet.change(record, 'activity', activityFields(place, { from25Female: -3 }))

  /** As the judge of proofs will say it of what this tablet has held. */
  const isHeldForItsProof = (province: TestProvince, { device }: TestTablet) =>
    store().transaction(({ db }) =>
      db
        .updateTable('held')
        .set({ code: 'needs-the-person' })
        .where('province', '=', province.id)
        .where('device', '=', device)
        .execute(),
    )

  test('is held with its field while the others flow, and the receipt signs for it', async () => {
    const { place, tablet } = await begin()
    const lines = [good(tablet, place), bad(tablet, place), good(tablet, place)]
    const answer = await tablet.send(lines)
    expect(answer.results).toEqual([{ n: 2, code: 'invalid-value', field: 'from25Female' }])
    expect(answer.receipt.receipt.runs.map(([n, , count]) => [n, count])).toEqual([
      [1, 1],
      [3, 1],
    ])
    expect(answer.receipt.receipt.held).toEqual([2])
    expect(isReceiptFor(answer.receipt.receipt, tablet.device, lines)).toBe(true)
    expect(answer.lastN).toBe(3)
  })

  test.each([
    ['of a kind that this version does not know', 'no-such-kind', {}, 'unknown-kind'],
    ['without a required field', 'activity', { node: 'school' }, 'missing-field'],
  ])('%s is held', async (_, kind, set, code) => {
    const { tablet } = await begin()
    expect((await tablet.send([tablet.change(makeId(), kind, set)])).results).toMatchObject([{ n: 1, code }])
  })

  test('by an author whom nobody knows is held', async () => {
    const { place, tablet } = await begin()
    const line = tablet.change(makeId(), 'activity', activityFields(place), { author: makeId() })
    expect((await tablet.send([line])).results).toEqual([{ n: 1, code: 'unknown-author' }])
  })

  test('by somebody who is no longer active is held', async () => {
    const { province, place, officer, tablet } = await begin()
    await province.own('staff', { active: false }, officer)
    expect((await tablet.send([good(tablet, place)], { readsAs: null })).results).toEqual([
      { n: 1, code: 'unknown-author' },
    ])
  })

  test('for a place that is not the author’s is held, also when the record is moved there or taken from there', async () => {
    const { province, place, elsewhere, tablet } = await begin()
    const theirs = await province.own('activity', activityFields(elsewhere))
    const mine = makeId()
    const answer = await tablet.send([
      good(tablet, place, mine),
      good(tablet, elsewhere),
      tablet.change(mine, 'activity', { place: elsewhere }),
      tablet.change(theirs, 'activity', { place }),
    ])
    expect(answer.results.map(({ n, code }) => [n, code])).toEqual([
      [2, 'place-not-yours'],
      [3, 'place-not-yours'],
      [4, 'place-not-yours'],
    ])
  })

  test('by a role that may not write such a record is held', async () => {
    const { tablet } = await begin()
    const line = tablet.change(makeId(), 'place', { name: 'ใหม่', type: 'school' })
    expect((await tablet.send([line])).results).toEqual([{ n: 1, code: 'role-may-not-write' }])
  })

  test('a complaint is taken from any enrolled tablet, whoever wrote it, and from no other name', async () => {
    const { officer, tablet } = await begin()
    const set = { desk: 'desk', receivedOn: '2026-11-02', parts: { a: { on: true, envelope: 'YWdl', size: 3 } } }
    const author = tablet.device as string as StaffId
    const answer = await tablet.send([
      tablet.change(makeId(), 'complaint', set, { author }),
      tablet.change(makeId(), 'complaint', set, { author: officer }),
    ])
    expect(answer.results).toEqual([{ n: 2, code: 'unknown-author' }])
  })

  test('of another kind than its record is held', async () => {
    const { place, tablet } = await begin()
    const record = makeId()
    await tablet.send([good(tablet, place, record)])
    const line = tablet.change(record, 'training-session', { place, heldOn: '2026-11-02' })
    expect((await tablet.send([line])).results).toEqual([{ n: 2, code: 'kind-mismatch' }])
  })

  test('that cannot be read is held by its number, with its bytes', async () => {
    const { place, tablet } = await begin()
    const broken = '{"n":7,"author":"nobody","set":{'
    const answer = await tablet.send([good(tablet, place), broken])
    expect(answer.results).toEqual([{ n: 7, code: 'malformed-change' }])
    expect(answer.lastN).toBe(7)
    const row = await store().db.selectFrom('held').selectAll().where('device', '=', tablet.device).executeTakeFirst()
    expect(row?.line).toBe(broken)
  })

  test('of which not even the number can be read fails the request, and nothing of it is taken', async () => {
    const { province, place, tablet } = await begin()
    const before = (await province.log()).length
    await expect(tablet.send([good(tablet, place), 'not a change'])).rejects.toThrow('malformed-request')
    expect((await province.log()).length).toBe(before)
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'with a field, a key, a part, a kind or an author named %s is held alone',
    async (name) => {
      const { place, tablet } = await begin()
      const withSet = (set: FieldSet) => tablet.change(makeId(), 'activity', activityFields(place, set))
      const lines = [
        good(tablet, place),
        withSet({ [name]: 'x' }),
        withSet({ rightsAreas: { [name]: { on: true } } }),
        withSet({ rightsAreas: { R1: { [name]: true } } }),
        withSet({ unknown: { [name]: { on: true } } }),
        tablet.change(makeId(), name, activityFields(place)),
        tablet.change(makeId(), 'activity', activityFields(place), { author: name as StaffId }),
        withSet({ type: name }),
        good(tablet, place),
      ]
      const answer = await tablet.send(lines)
      expect(answer.results.map(({ n, code }) => [n, code])).toEqual([
        ...[2, 3, 4, 5].map((n) => [n, 'malformed-change']),
        [6, 'unknown-kind'],
        [7, 'malformed-change'],
      ])
      expect(answer.receipt.receipt.runs.map(([n]) => n)).toEqual([1, 8])
    },
  )

  test('sent again is held again, once', async () => {
    const { place, tablet } = await begin()
    const line = bad(tablet, place)
    await tablet.send([line])
    expect((await tablet.send([line])).results).toMatchObject([{ n: 1, code: 'invalid-value' }])
    expect(await store().db.selectFrom('held').selectAll().where('device', '=', tablet.device).execute()).toHaveLength(
      1,
    )
  })

  test('is taken when it is sent again after the reason has gone', async () => {
    const { province, elsewhere, officer, tablet } = await begin()
    const record = makeId()
    const line = good(tablet, elsewhere, record)
    await tablet.send([line])
    await province.own('staff', { places: on(elsewhere) }, officer)
    const answer = await tablet.send([line])
    expect(answer.results).toEqual([])
    expect((await province.records()).has(record)).toBe(true)
  })

  describe('that needs fields which its record lacks', () => {
    test('is held where the log has no such record, whatever its base says', async () => {
      const { province, tablet } = await begin()
      await tablet.send()
      const [record, blank] = [makeId(), makeId()]
      const answer = await tablet.send([
        tablet.change(record, 'activity', { outcome: 'ต่อ' }, tablet.base()),
        tablet.change(blank, 'activity', { outcome: 'ต่อ' }, { base: { epoch: 'none', seq: 0 } }),
      ])
      expect(answer.results.map(({ n, code, field }) => [n, code, field])).toEqual([
        [1, 'missing-field', 'node'],
        [2, 'missing-field', 'node'],
      ])
      expect((await province.records()).has(record)).toBe(false)
    })

    test('is taken where the log has the record, although it names no base', async () => {
      const { province, place, officer, tablet } = await begin()
      const [record, other] = [makeId(), await makeTablet(store(), province, officer)]
      await tablet.send([good(tablet, place, record)])
      expect((await other.send([other.change(record, 'activity', { outcome: 'ต่อ' })])).results).toEqual([])
      expect((await province.records()).get(record)!.state.writes).toHaveLength(2)
    })

    test('is let go by the change that begins the record, whoever sends that, and its own tablet is told', async () => {
      const { province, place, officer, tablet } = await begin()
      const [record, other] = [makeId(), await makeTablet(store(), province, officer)]
      await other.send()
      const lines = [
        other.change(record, 'activity', { outcome: 'ต่อ' }, other.base()),
        other.change(record, 'activity', { facilitator: 'ก' }, other.base()),
      ]
      expect((await other.send(lines)).results.map(({ code }) => code)).toEqual(['missing-field', 'waits-for-held'])
      await tablet.send([good(tablet, place, record)])
      expect(view((await province.records()).get(record)!.state).values).toMatchObject({
        place,
        outcome: 'ต่อ',
        facilitator: 'ก',
      })
      const { results, receipt } = await other.send()
      expect(results).toEqual([])
      expect(isReceiptFor(receipt.receipt, other.device, lines)).toBe(true)
      expect(receipt.receipt.runs.map(([n, , count]) => [n, count])).toEqual([[1, 2]])
    })

    test('begins no record when the first one, for which it waited, is dropped', async () => {
      const { province, place, tablet } = await begin()
      const record = makeId()
      await tablet.send()
      await tablet.send([
        bad(tablet, place, record),
        tablet.change(record, 'activity', { outcome: 'ต่อ' }, tablet.base()),
      ])
      await tablet.send([tablet.change(record, 'activity', {}, { replaces: 1 })])
      expect((await province.records()).has(record)).toBe(false)
      const rows = await store()
        .db.selectFrom('held')
        .select(['n', 'code', 'state'])
        .where('device', '=', tablet.device)
      expect(await rows.where('state', '=', 'held').execute()).toEqual([{ n: 2, code: 'missing-field', state: 'held' }])
      const mend = tablet.change(record, 'activity', activityFields(place, { outcome: 'ต่อ' }), { replaces: 2 })
      expect((await tablet.send([mend])).results).toEqual([])
      expect((await province.records()).has(record)).toBe(true)
    })
  })

  describe('and later changes of its tablet', () => {
    test('to the same record wait for it, and those to other records do not', async () => {
      const { place, tablet } = await begin()
      const record = makeId()
      const answer = await tablet.send([
        bad(tablet, place, record),
        tablet.change(record, 'activity', { outcome: 'ต่อ' }, { base: { epoch: 'e', seq: 1 } }),
        good(tablet, place),
      ])
      expect(answer.results.map(({ n, code }) => [n, code])).toEqual([
        [1, 'invalid-value'],
        [2, 'waits-for-held'],
      ])
    })

    test('are let go by the change that mends it, in their order, and the receipt names them all', async () => {
      const { province, place, tablet } = await begin()
      const record = makeId()
      const later = (outcome: string) =>
        tablet.change(record, 'activity', { outcome }, { base: { epoch: province.epoch, seq: 1 } })
      const lines = [bad(tablet, place, record), later('สอง'), later('สาม')]
      await tablet.send(lines)
      const mend = tablet.change(record, 'activity', activityFields(place, { from25Female: 3 }), { replaces: 1 })
      const answer = await tablet.send([mend])
      expect(answer.results).toEqual([])
      expect(answer.settled).toEqual([1])
      expect(answer.receipt.receipt.held).toEqual([])
      expect(isReceiptFor(answer.receipt.receipt, tablet.device, [...lines.slice(1), mend])).toBe(true)
      expect(view((await province.records()).get(record)!.state).values).toMatchObject({
        from25Female: 3,
        outcome: 'สาม',
      })
    })

    test('are not overruled by what had to wait: the person’s own later words replace their earlier ones', async () => {
      const { province, place, officer, tablet } = await begin()
      const other = await makeTablet(store(), province, officer)
      const record = makeId()
      const base = { base: { epoch: province.epoch, seq: 0 } }
      const earlier = { outcome: 'สอง', facilitator: 'ครูสอง', rightsAreas: { R1: { on: true }, R2: { on: true } } }
      await tablet.send([
        bad(tablet, place, record),
        tablet.change(record, 'activity', { ...earlier, from15Female: 2 }, base),
      ])
      const later = { outcome: 'สาม', facilitator: 'ครูสาม', rightsAreas: { R1: { on: false } } }
      await tablet.send([tablet.change(record, 'activity', activityFields(place, later), { replaces: 1 })])
      const state = (await province.records()).get(record)!.state
      const shown = view(state)
      expect(shown.conflicts).toEqual({})
      // what was said once, and only in the change that waited, stands
      const said = { outcome: 'สาม', facilitator: 'ครูสาม', rightsAreas: { R2: {} }, from15Female: 2 }
      expect(shown.values).toMatchObject(said)
      await refold(store(), province.id, 'activity')
      expect((await province.records()).get(record)!.state).toEqual(state)
      await other.readAll()
      await other.send([other.change(record, 'activity', { outcome: 'สี่' }, other.base())])
      expect(view((await province.records()).get(record)!.state)).toMatchObject({
        conflicts: {},
        values: { ...said, outcome: 'สี่' },
      })
    })

    test('stay replaced also where somebody has settled meanwhile what replaced them', async () => {
      const { province, place, officer, tablet } = await begin()
      const other = await makeTablet(store(), province, officer)
      const newcomer = (await province.staff(['officer'], [])) as StaffId
      const record = makeId()
      await tablet.send([good(tablet, place, record)])
      const earlier = { outcome: 'สอง', from15Female: 2 }
      const line = tablet.change(record, 'activity', earlier, { ...tablet.base(), author: newcomer })
      await tablet.send([line])
      await isHeldForItsProof(province, tablet)
      // what is held for its proof keeps only its own author waiting
      const passes = tablet.change(record, 'activity', { outcome: 'สาม' }, tablet.base())
      const waits = tablet.change(record, 'activity', { facilitator: 'ก' }, { ...tablet.base(), author: newcomer })
      expect((await tablet.send([passes, waits])).results).toMatchObject([{ n: 4, code: 'waits-for-held' }])
      await other.readAll()
      await other.send([other.change(record, 'activity', { outcome: 'สี่' }, other.base())])
      await province.own('staff', { places: on(place) }, newcomer)
      await tablet.joins(newcomer)
      expect((await tablet.send([line])).results).toEqual([])
      const state = (await province.records()).get(record)!.state
      expect(view(state)).toMatchObject({
        conflicts: {},
        values: { outcome: 'สี่', from15Female: 2, facilitator: 'ก' },
      })
      await refold(store(), province.id, 'activity')
      expect((await province.records()).get(record)!.state).toEqual(state)
    })

    test('are mended still when a restored server has forgotten that it held them, and both are sent once more', async () => {
      const { place, tablet } = await begin()
      const record = makeId()
      const wrong = bad(tablet, place, record)
      const mend = tablet.change(record, 'activity', activityFields(place), { replaces: 1 })
      await tablet.send([wrong, mend])
      await store().transaction(({ db }) => db.deleteFrom('held').execute())
      expect((await tablet.send([wrong])).results).toMatchObject([{ n: 1 }])
      const { results, settled } = await tablet.send([mend])
      expect({ results, settled }).toMatchObject({ results: [], settled: [1] })
      const [left] = await store().db.selectFrom('held').select('state').execute()
      expect(left).toEqual({ state: 'mended' })
    })

    test('wait on when the mending is wrong too, and are let go by the mending of the mending', async () => {
      const { province, place, tablet } = await begin()
      const record = makeId()
      await tablet.send([
        bad(tablet, place, record),
        tablet.change(record, 'activity', { outcome: 'ต่อ' }, { base: { epoch: province.epoch, seq: 1 } }),
      ])
      const mend = (count: number, replaces: number) =>
        tablet.change(record, 'activity', activityFields(place, { from25Female: count }), { replaces })
      expect((await tablet.send([mend(-4, 1)])).results).toMatchObject([{ n: 3, code: 'invalid-value' }])
      const answer = await tablet.send([mend(4, 3)])
      expect(answer.results).toEqual([])
      expect(answer.settled?.toSorted()).toEqual([1, 3])
      expect(view((await province.records()).get(record)!.state).values).toMatchObject({
        outcome: 'ต่อ',
        from25Female: 4,
      })
    })

    test('are let go when the person drops it, and nothing of it is left but its row in the log', async () => {
      const { province, place, tablet } = await begin()
      const [record, never] = [makeId(), makeId()]
      await tablet.send([good(tablet, place, record)])
      const lines = [
        tablet.change(record, 'activity', { from25Female: -1 }, tablet.base()),
        tablet.change(record, 'activity', { outcome: 'ต่อ' }, tablet.base()),
        bad(tablet, place, never),
      ]
      await tablet.send(lines)
      const drops = [
        tablet.change(record, 'activity', {}, { replaces: 2 }),
        tablet.change(never, 'activity', {}, { replaces: 4 }),
      ]
      const answer = await tablet.send(drops)
      expect(answer.settled?.toSorted()).toEqual([2, 4])
      expect(isReceiptFor(answer.receipt.receipt, tablet.device, [lines[1]!, ...drops])).toBe(true)
      const stored = await province.records()
      expect(view(stored.get(record)!.state).values).toMatchObject({ outcome: 'ต่อ' })
      expect(stored.has(never)).toBe(false)
    })

    test('are let go when an administrator drops it, and the tablet learns of it although an answer is lost', async () => {
      const { province, place, tablet } = await begin()
      const record = makeId()
      await tablet.send([good(tablet, place, record)])
      const wrong = tablet.change(record, 'activity', { from25Female: -1 }, tablet.base())
      const waits = tablet.change(record, 'activity', { outcome: 'ต่อ' }, tablet.base())
      await tablet.send([wrong, waits])
      const at = { province: province.id, device: tablet.device, now: province.clock.now }
      expect(await store().transaction((tx) => dropHeld(tx, at, 2))).toBe(true)
      const before = tablet.head
      for (let i = 0; i < 2; i++) {
        tablet.head = before
        const answer = await tablet.send()
        expect(answer.settled).toEqual([2])
        expect(isReceiptFor(answer.receipt.receipt, tablet.device, [waits])).toBe(true)
      }
      expect((await tablet.send([good(tablet, place)])).receipt.receipt.runs.map(([n]) => n)).not.toContain(2)
      expect(await store().transaction((tx) => dropHeld(tx, at, 99))).toBe(false)
    })
  })

  test('is not a colleague’s to drop, who can take their own try back while it is still held', async () => {
    const { province, place, tablet } = await begin()
    const colleague = (await province.staff(['officer'], [place])) as StaffId
    await tablet.joins(colleague)
    const record = makeId()
    const [wrong, theirDrop, takenBack] = [
      bad(tablet, place, record),
      tablet.change(record, 'activity', {}, { author: colleague, replaces: 1 }),
      tablet.change(record, 'activity', {}, { author: colleague, replaces: 2 }),
    ]
    const { results } = await tablet.send([wrong, theirDrop])
    expect(results.map(({ n, code }) => [n, code])).toEqual([
      [1, 'invalid-value'],
      [2, 'not-the-author'],
    ])
    expect((await tablet.send([takenBack])).results).toEqual([])
    const rows = await store()
      .db.selectFrom('held')
      .select(['n', 'state'])
      .where('province', '=', province.id)
      .execute()
    expect(rows.sort((a, b) => a.n - b.n)).toEqual([
      { n: 1, state: 'held' },
      { n: 2, state: 'dropped' },
    ])
  })

  test('is not dropped, or mended, by a colleague whose word went ahead of it and is sent again', async () => {
    const { province, place, tablet } = await begin()
    const colleague = (await province.staff(['officer'], [place])) as StaffId
    await tablet.joins(colleague)
    const record = makeId()
    const wrong = bad(tablet, place, record)
    const theirDrop = tablet.change(record, 'activity', {}, { author: colleague, replaces: 1 })
    expect((await tablet.send([theirDrop])).results).toEqual([])
    await tablet.send([wrong])
    await tablet.send([theirDrop])
    const rows = await store()
      .db.selectFrom('held')
      .select(['n', 'state'])
      .where('province', '=', province.id)
      .execute()
    expect(rows).toEqual([{ n: 1, state: 'held' }])
  })

  test('is judged again at the server’s own word, for instance after an upgrade', async () => {
    const { province, elsewhere, officer, tablet } = await begin()
    const record = makeId()
    const line = good(tablet, elsewhere, record)
    await tablet.send([line])
    const at = { province: province.id, device: tablet.device, now: province.clock.now }
    const retry = () => store().transaction((tx) => retryHeld(tx, at))
    expect(await retry()).toBe(0)
    await province.own('staff', { places: on(elsewhere) }, officer)
    expect(await retry()).toBe(1)
    expect(isReceiptFor((await tablet.send()).receipt.receipt, tablet.device, [line])).toBe(true)
  })

  test('whose reason alters is told again, until the tablet has heard of it', async () => {
    const { province, place, elsewhere, officer, tablet } = await begin()
    const [record, other] = [makeId(), makeId()]
    await tablet.send([good(tablet, place, record)])
    const lines = [
      tablet.change(record, 'activity', { from25Female: -1 }, tablet.base()),
      tablet.change(record, 'activity', { place: elsewhere }, tablet.base()),
    ]
    await tablet.send(lines)
    tablet.holds(lines)
    const at = { province: province.id, device: tablet.device, now: province.clock.now }
    await store().transaction((tx) => dropHeld(tx, at, 2))
    for (let i = 0; i < 2; i++) {
      const before = tablet.head
      const { results, settled, receipt } = await tablet.send()
      expect({ results, settled }).toEqual({ results: [{ n: 3, code: 'place-not-yours' }], settled: [2] })
      expect(isReceiptFor(receipt.receipt, tablet.device, lines.slice(1))).toBe(true)
      expect(receipt.receipt.held).toEqual([3])
      // the answer is lost
      if (i === 0) tablet.head = before
    }
    await province.own('activity', activityFields(elsewhere), other)
    await tablet.send()
    expect((await tablet.send()).results).toEqual([])
    await province.own('staff', { active: false }, officer)
    await store().transaction((tx) => retryHeld(tx, at))
    expect((await tablet.send()).results).toEqual([{ n: 3, code: 'unknown-author' }])
  })

  test('of a later version of its kind is held until the server knows that version', async () => {
    const { place, tablet } = await begin()
    const line = tablet.change(makeId(), 'activity', activityFields(place), { v: 2 })
    expect((await tablet.send([line])).results).toEqual([{ n: 1, code: 'unknown-kind', detail: 'activity 2' }])
  })
})
