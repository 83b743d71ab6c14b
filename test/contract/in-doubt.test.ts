import { describe, expect, test } from 'vitest'
import { readChange } from '#domain/change.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { type Doubt, doubtOf, keepDoubt } from '#server/log/doubt.ts'
import { retryHeld } from '#server/log/settle-held.ts'
import { activityFields, beginProvince, makeId, makeTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

// A log that went back does not know whom it let go (docs/authority.md, A12).

onBothDatabases('While it is in doubt whom the log has let go', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const supervisor = (await province.staff(['supervisor'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, supervisor)
    await tablet.joins(officer)
    const keep = (doubt: Doubt | null) => store().transaction(({ db }) => keepDoubt(db, province.id, doubt))
    await keep({ since: province.clock.now, cause: 'restored' })
    const capture = (author: StaffId) => tablet.change(makeId(), 'activity', activityFields(place), { author })
    return { province, place, officer, supervisor, tablet, keep, capture }
  }

  test('captures flow, and what needs the person is held, a drop too', async () => {
    const { officer, supervisor, tablet, capture } = await begin()
    const [hers, his] = [capture(supervisor), capture(officer)]
    expect((await tablet.send([hers, his])).results).toMatchObject([{ n: 1, code: 'in-doubt' }])
    const { n, record } = readChange(hers)!
    const drop = tablet.change(record, 'activity', {}, { author: supervisor, replaces: n })
    expect((await tablet.send([drop])).results).toMatchObject([{ n: 3, code: 'in-doubt' }])
    // sent again it is no better
    expect((await tablet.send([hers])).results).toMatchObject([{ n: 1, code: 'in-doubt' }])
  })

  test('a line that is sent again without its signature has it still', async () => {
    const { province, supervisor, tablet, capture, keep } = await begin()
    const hers = capture(supervisor)
    await tablet.send([hers])
    tablet.signs = false
    expect((await tablet.send([hers])).results).toMatchObject([{ n: 1, code: 'in-doubt' }])
    await keep(null)
    const at = { province: province.id, device: tablet.device, now: province.clock.now }
    expect(await store().transaction((tx) => retryHeld(tx, at, ['in-doubt']))).toBe(1)
  })

  test('what would not count anyway says so, and keeps nobody else waiting', async () => {
    const { officer, supervisor, tablet, place } = await begin()
    const record = makeId()
    const begun = tablet.change(record, 'activity', activityFields(place), { author: officer })
    const edit = tablet.change(record, 'activity', { from25Female: 3 }, { author: supervisor })
    const more = tablet.change(record, 'activity', { from25Female: 4 }, { author: officer })
    const elsewhere = tablet.change(makeId(), 'activity', activityFields(makeId()), { author: supervisor })
    const { results } = await tablet.send([begun, edit, more, elsewhere])
    expect(results).toMatchObject([
      { n: 2, code: 'in-doubt' },
      { n: 4, code: 'place-not-yours' },
    ])
  })

  describe('once an administrator has gone through people, tablets and keys', () => {
    const retried = async ({ province, tablet, keep }: Awaited<ReturnType<typeof begin>>) => {
      await keep(null)
      const at = { province: province.id, device: tablet.device, now: province.clock.now }
      return store().transaction((tx) => retryHeld(tx, at, ['in-doubt']))
    }

    test('it counts by itself', async () => {
      const begun = await begin()
      await begun.tablet.send([begun.capture(begun.supervisor)])
      expect(await retried(begun)).toBe(1)
    })

    test('what has lost its right meanwhile stays held, and says why', async () => {
      const begun = await begin()
      const { province, supervisor, tablet, capture } = begun
      await tablet.send([capture(supervisor)])
      await province.own('staff', { roles: { supervisor: { on: false } } }, supervisor)
      expect(await retried(begun)).toBe(0)
      const held = await store().db.selectFrom('held').select('code').where('province', '=', province.id).execute()
      expect(held).toEqual([{ code: 'unknown-author' }])
    })
  })

  test('whoever goes through them acts on that tablet, and nowhere else', async () => {
    const { province, keep } = await begin()
    const [desk, other] = [
      await makeTablet(store(), province, province.admin),
      await makeTablet(store(), province, province.admin),
    ]
    const reviewer = { staff: province.admin as string, device: desk.device as string }
    await keep({ since: province.clock.now, cause: 'restored', reviewer })
    const school = (tablet: typeof desk) => tablet.change(makeId(), 'place', { name: 'สมมติ', type: 'school' })
    expect((await other.send([school(other)])).results).toMatchObject([{ code: 'in-doubt' }])
    expect((await desk.send([school(desk)])).results).toEqual([])
    expect(await doubtOf(store().db, province.id)).toMatchObject({ reviewer })
  })
})
