import { expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Role } from '#domain/roles.ts'
import { retryHeld, takeInHeld } from '#server/log/settle-held.ts'
import { cutKeys } from '#server/people/keys.ts'
import { activityFields, beginProvince, makeId, makeTablet, type TestTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

// A tablet is revoked, an account disabled (authority A8): what comes from then on waits until a person has looked.

onBothDatabases('A cut-off', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const school = await province.place('โรงเรียนสมมติ')
    const tabletOf = async (...roles: readonly Role[]) => {
      const who = (await province.staff(roles, [school])) as StaffId
      return { who, tablet: await makeTablet(store(), province, who) }
    }
    const at = ({ device }: TestTablet) => ({ province: province.id, device, now: province.clock.now })
    const revoke = ({ device }: TestTablet, revoked_at: number | null = province.clock.now) =>
      store().transaction(({ db }) => db.updateTable('devices').set({ revoked_at }).where('id', '=', device).execute())
    const disable = (staff: StaffId, disabled = 1) => {
      const account = { password: '', must_change: 0, failures: 0, next_attempt_at: 0, created_at: 0 }
      return store().transaction(({ db }) =>
        db
          .insertInto('accounts')
          .values({ province: province.id, staff, username: staff, disabled, ...account })
          .onConflict((there) => there.columns(['province', 'staff']).doUpdateSet({ disabled }))
          .execute(),
      )
    }
    const takeIn = async (tablet: TestTablet, ...ns: readonly number[]) => {
      const done = await store().transaction((tx) => takeInHeld(tx, at(tablet), ns, province.admin))
      return { taken: done!.taken, refused: done!.refused.map(({ n, code, detail }) => [n, detail ?? code]) }
    }
    const logged = async ({ device }: TestTablet) => (await province.log()).filter((row) => row.device === device)
    const capture = (tablet: TestTablet) => tablet.change(makeId(), 'activity', activityFields(school))
    return { province, school, tabletOf, at, revoke, disable, takeIn, logged, capture }
  }
  const codes = (answer: { results: readonly { n: number; code: string }[] }) => answer.results.map(({ code }) => code)

  test('of a revoked tablet nothing counts, and everything is kept and signed for, drops and mends too', async () => {
    const { school, tabletOf, revoke, logged, capture } = await begin()
    const { tablet } = await tabletOf('officer')
    const record = makeId()
    await tablet.send([tablet.change(record, 'activity', { node: 'school' })])
    await revoke(tablet)
    const lines = [
      capture(tablet),
      tablet.change(record, 'activity', activityFields(school), { replaces: 1 }),
      tablet.change(record, 'activity', {}, { replaces: 1 }),
    ]
    const answer = await tablet.send(lines, { readsAs: null })
    expect(codes(answer)).toEqual(['cut-off', 'cut-off', 'cut-off'])
    expect(answer.receipt.receipt.held).toEqual([2, 3, 4])
    expect(await logged(tablet)).toEqual([])
  })

  test('is not let go by being sent again, by an upgrade, or because the tablet is let in again', async () => {
    const { at, tabletOf, revoke, capture } = await begin()
    const { tablet } = await tabletOf('officer')
    const line = capture(tablet)
    await revoke(tablet)
    expect(codes(await tablet.send([line], { readsAs: null }))).toEqual(['cut-off'])
    await revoke(tablet, null)
    expect(codes(await tablet.send([line]))).toEqual(['cut-off'])
    expect(await store().transaction((tx) => retryHeld(tx, at(tablet)))).toBe(0)
    expect(codes(await tablet.send([capture(tablet)]))).toEqual([])
  })

  test('of an account holds what comes in that name, from any tablet, and nothing of a colleague', async () => {
    const { tabletOf, disable, capture } = await begin()
    const { who, tablet } = await tabletOf('officer')
    const other = await tabletOf('officer')
    await disable(who)
    expect(codes(await tablet.send([capture(tablet)], { readsAs: null }))).toEqual(['cut-off'])
    expect(codes(await other.tablet.send([capture(other.tablet)]))).toEqual([])
  })

  test('lets an administrator take in captures, singly and in bulk, and the log says who did', async () => {
    const { province, tabletOf, revoke, takeIn, logged, capture } = await begin()
    const { tablet } = await tabletOf('officer')
    await revoke(tablet)
    await tablet.send([capture(tablet), capture(tablet), capture(tablet)], { readsAs: null })
    expect(await takeIn(tablet, 1)).toEqual({ taken: [1], refused: [] })
    expect(await takeIn(tablet, 3, 2, 9)).toEqual({ taken: [2, 3], refused: [[9, 'not-found']] })
    expect((await logged(tablet)).map(({ n, proof }) => [n, proof])).toEqual(
      [1, 2, 3].map((n) => [n, `taken.${province.admin}`]),
    )
    expect((await tablet.send([], { readsAs: null })).receipt.receipt.runs).toEqual([[1, expect.any(Number), 3]])
  })

  test('lets a truly signed line be taken in alone, not in bulk; a guarded one without a signature and rights never', async () => {
    const { province, at, tabletOf, takeIn } = await begin()
    const { who, tablet } = await tabletOf('supervisor')
    const place = { name: 'วัดสมมติ', type: 'temple' }
    const lines = [1, 2].map(() => tablet.key!.sign(tablet.change(makeId(), 'place', place)))
    await store().transaction((tx) => cutKeys(tx, { ...at(tablet), by: who }, { person: who }))
    tablet.signs = false
    const bare = tablet.change(makeId(), 'place', place)
    await tablet.send([...lines, bare])
    await tablet.send([tablet.key!.sign(tablet.change(who, 'staff', { active: true }, tablet.base()))])
    expect(await takeIn(tablet, 1, 2)).toEqual({
      taken: [],
      refused: [
        [1, 'one-by-one'],
        [2, 'one-by-one'],
      ],
    })
    expect(await takeIn(tablet, 1)).toEqual({ taken: [1], refused: [] })
    expect(await takeIn(tablet, 3)).toEqual({ taken: [], refused: [[3, 'needs-the-person']] })
    expect(await takeIn(tablet, 4)).toEqual({ taken: [], refused: [[4, 'rights']] })
    expect((await province.records()).get(who)!.state.writes).toHaveLength(1)
  })

  test('still lets sealed complaints reach the desk, marked, twenty a day', async () => {
    const { province, tabletOf, revoke } = await begin()
    const { tablet } = await tabletOf('officer')
    await revoke(tablet)
    const author = tablet.device as string as StaffId
    const parts = { a: { on: true, envelope: 'AAAA', size: 4 } }
    const complaints = Array.from({ length: 21 }, () =>
      tablet.change(makeId(), 'complaint', { desk: 'main', receivedOn: '2026-11-02', parts }, { author }),
    )
    const answer = await tablet.send(complaints, { readsAs: null })
    expect(answer.results).toMatchObject([{ n: 21, code: 'cut-off' }])
    const states = [...(await province.records()).values()].filter(({ kind }) => kind === 'complaint')
    expect(states).toHaveLength(20)
    for (const { state } of states) expect(state.writes[0]!.proven).toBe(false)
  })

  test('settles nothing of somebody else when a mend of it is taken in', async () => {
    const { province, school, tabletOf, revoke, takeIn } = await begin()
    const { tablet } = await tabletOf('officer')
    const colleague = (await province.staff(['officer'], [school])) as StaffId
    await tablet.joins(colleague)
    const record = makeId()
    await tablet.send([tablet.change(record, 'activity', { node: 'school' }, { author: colleague })])
    await revoke(tablet)
    await tablet.send([tablet.change(record, 'activity', activityFields(school), { replaces: 1 })], { readsAs: null })
    expect(await takeIn(tablet, 2)).toEqual({ taken: [], refused: [[2, 'not-the-author']] })
  })

  test('is not let go by another name, however often the tablet was copied', async () => {
    const { tabletOf, disable, capture } = await begin()
    const { who, tablet } = await tabletOf('officer')
    const line = capture(tablet)
    await disable(who)
    await tablet.send([line], { readsAs: null })
    await disable(who, 0)
    let before = tablet.device
    for (const one of [await tabletOf('officer'), await tabletOf('officer')]) {
      const follows = before
      await store().transaction(({ db }) =>
        db.updateTable('devices').set({ follows }).where('id', '=', one.tablet.device).execute(),
      )
      before = one.tablet.device
      await one.tablet.joins(who)
      expect(codes(await one.tablet.send([line]))).toEqual(['cut-off'])
    }
  })
})
