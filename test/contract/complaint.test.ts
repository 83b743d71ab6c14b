import { expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { unsignedEnvelope } from '#domain/unsigned.ts'
import { beginProvince, makeId, makeTablet, type TestTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('A sealed complaint', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const colleague = (await province.staff(['officer'], [place])) as StaffId
    const member = (await province.staff(['supervisor', 'desk'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    return { province, officer, colleague, member, tablet }
  }
  const set = { desk: 'main', receivedOn: '2026-11-02', parts: { a: { on: true, envelope: 'AAAA', size: 4 } } }
  const sealed = (tablet: TestTablet, now: number, record = makeId()) =>
    tablet.change(record, 'complaint', set, unsignedEnvelope(tablet.device, now))

  test('is taken from an enrolled device that names nobody; the log has neither the officer nor the time', async () => {
    const { province, officer, tablet } = await begin()
    const answer = await tablet.send([sealed(tablet, province.clock.now)])
    expect(answer.results).toEqual([])
    const rows = await store().db.selectFrom('changes').selectAll().where('device', '=', tablet.device).execute()
    const { at, author } = JSON.parse(rows[0]!.line)
    expect([at, author]).toEqual([Date.parse('2026-11-02T00:00:00+07:00'), tablet.device])
    expect(rows[0]!.line).not.toContain(officer)
    expect(rows[0]!.proven).toBe(1)
  })

  test('that names a person, or another device, is held', async () => {
    const { tablet } = await begin()
    const answer = await tablet.send([
      tablet.change(makeId(), 'complaint', set),
      tablet.change(makeId(), 'complaint', set, unsignedEnvelope(makeId(), 0)),
    ])
    expect(answer.results.map(({ code }) => code)).toEqual(['unknown-author', 'unknown-author'])
  })

  test('reaches the desk, and no other person of the same place', async () => {
    const { province, colleague, member, tablet } = await begin()
    const record = makeId()
    await tablet.send([sealed(tablet, province.clock.now, record)])
    const readBy = async (person: StaffId) => {
      const { records } = await (await makeTablet(store(), province, person)).readAll()
      return records.filter(({ kind }) => kind === 'complaint').map(({ id }) => id)
    }
    expect(await readBy(member)).toEqual([record])
    expect(await readBy(colleague)).toEqual([])
  })
})
