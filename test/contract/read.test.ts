import { describe, expect, test } from 'vitest'
import { attendanceId, type StaffId } from '#domain/kernel/id.ts'
import { emptyRecord, mergeAll, type RecordState } from '#domain/merge.ts'
import { type RecordNews, readNews } from '#domain/news.ts'
import { limits } from '#domain/protocol.ts'
import { refold } from '#server/log/refold.ts'
import { on } from '#test/support/on.ts'
import { activityFields, beginProvince, makeId, makeTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

/** What a tablet holds after it has applied all news and removed what is gone, in the order of the answers. */
const applied = (answers: readonly { records: readonly RecordNews[]; gone: readonly string[] }[]) => {
  const held = new Map<string, RecordState>()
  for (const { records, gone } of answers) {
    for (const news of records)
      held.set(news.id, mergeAll(held.get(news.id) ?? emptyRecord(news.id, news.kind), readNews(news).writes))
    for (const id of gone) held.delete(id)
  }
  return held
}

onBothDatabases('Reading', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const here = await province.place('โรงเรียนสมมติ')
    const there = await province.place('วัดสมมติ')
    const staff = (roles: ('officer' | 'supervisor' | 'desk' | 'administrator')[], ...places: string[]) =>
      province.staff(roles, places) as Promise<StaffId>
    const activity = (place: string, more = {}) => province.own('activity', activityFields(place, more))
    return { province, here, there, staff, activity }
  }
  const session = (place: string) => ({ place, heldOn: '2026-11-02' })

  describe('law 11: a device holds what its people may read', () => {
    test('an officer reads the province’s public records and those of their places, and nothing else', async () => {
      const { province, here, there, staff, activity } = await begin()
      const [mine, theirs] = [await activity(here), await activity(there)]
      const officer = await staff(['officer'], here)
      const sealed = await province.own('complaint', { desk: 'desk', receivedOn: '2026-11-02', parts: {} })
      const tablet = await makeTablet(store(), province, officer)
      const ids = (await tablet.readAll()).records.map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining([mine, here, there, officer]))
      expect(ids).not.toContain(theirs)
      expect(ids).not.toContain(sealed)
    })

    test('the desk reads complaints; an administrator without the desk reads every place and no complaint', async () => {
      const { province, there, staff, activity } = await begin()
      const theirs = await activity(there)
      const sealed = await province.own('complaint', { desk: 'desk', receivedOn: '2026-11-02', parts: {} })
      const read = async (person: StaffId) => {
        const tablet = await makeTablet(store(), province, person)
        return (await tablet.readAll()).records.map(({ id }) => id)
      }
      expect(await read(await staff(['desk']))).toContain(sealed)
      const administrator = await read(await staff(['administrator']))
      expect(administrator).toContain(theirs)
      expect(administrator).not.toContain(sealed)
    })

    test('without a person nothing is read, but sending goes on', async () => {
      const { province, here, staff } = await begin()
      const tablet = await makeTablet(store(), province, await staff(['officer'], here))
      const line = tablet.change(makeId(), 'activity', activityFields(here))
      const answer = await tablet.send([line], { readsAs: null })
      expect(answer).toMatchObject({ records: [], cursor: null, results: [], more: false })
    })

    test('a tablet that was up to date reads only what is above its cursor', async () => {
      const { province, here, staff, activity } = await begin()
      const record = await activity(here, { from25Female: 3 })
      const tablet = await makeTablet(store(), province, await staff(['officer'], here))
      await tablet.readAll()
      await province.own('activity', { facilitator: 'ครูสมมติ' }, record)
      const { records } = await tablet.readAll()
      expect(records.map(({ id }) => id)).toEqual([record])
      expect(records[0]!.writes.map(({ set }) => set)).toEqual([{ facilitator: 'ครูสมมติ' }])
      expect((await tablet.readAll()).records).toEqual([])
    })

    test('what a tablet applies from page to page is what the server holds, however small the pages', async () => {
      const { province, here, staff, activity } = await begin()
      const records = await Promise.all(Array.from({ length: 12 }, () => activity(here)))
      const tablet = await makeTablet(store(), province, await staff(['officer'], here))
      const answers = [await tablet.send([], { room: 1500 })]
      await Promise.all(records.slice(0, 6).map((id) => province.own('activity', { facilitator: 'ใหม่' }, id)))
      while (answers.at(-1)!.more) answers.push(await tablet.send([], { room: 1500 }))
      answers.push(await tablet.send())
      expect(answers.length).toBeGreaterThan(4)
      const held = applied(answers)
      const stored = await province.records()
      for (const id of records) expect(held.get(id)?.writes).toEqual(stored.get(id)!.state.writes)
    })

    test('a record that is written again between the head and the page that should have it comes whole', async () => {
      const { province, here, staff, activity } = await begin()
      let meanwhile = async () => {}
      const { hot } = store()
      const racing = {
        ...store(),
        hot: {
          ...hot,
          readPage: async (page: Parameters<typeof hot.readPage>[0]) => {
            await meanwhile()
            return hot.readPage(page)
          },
        },
      }
      const tablet = await makeTablet(racing, province, await staff(['officer'], here))
      await tablet.readAll()
      const record = await activity(here)
      meanwhile = async () => {
        meanwhile = async () => {}
        await province.own('activity', { facilitator: 'ครูสมมติ' }, record)
      }
      const answers = [await tablet.send()]
      while (answers.at(-1)!.more) answers.push(await tablet.send())
      const stored = await province.records()
      expect(applied(answers).get(record)?.writes).toEqual(stored.get(record)!.state.writes)
      for (const { receipt, cursor } of answers) expect(cursor!.seq).toBeLessThanOrEqual(receipt.receipt.seq)
    })

    test('a place that is added is read from the beginning, and what goes on meanwhile is not missed', async () => {
      const { province, here, there, staff, activity } = await begin()
      const officer = await staff(['officer'], here)
      const old = await Promise.all(Array.from({ length: 8 }, () => activity(there)))
      const tablet = await makeTablet(store(), province, officer)
      await tablet.readAll()
      await province.own('staff', { places: on(there) }, officer)
      const answers = [await tablet.send([], { room: 2500 })]
      expect(answers[0]).toMatchObject({ more: true, cursor: { fill: { keys: [there] } } })
      await province.own('activity', { facilitator: 'แก้' }, old[7]!)
      await province.own('activity', { facilitator: 'แก้' }, old[0]!)
      const fresh = await activity(here)
      while (answers.at(-1)!.more) answers.push(await tablet.send([], { room: 2500 }))
      const held = applied(answers)
      const stored = await province.records()
      for (const id of [...old, fresh]) expect(held.get(id)?.writes).toEqual(stored.get(id)!.state.writes)
      expect(tablet.cursor).not.toHaveProperty('fill')
      expect((await tablet.readAll()).records).toEqual([])
    })

    test('the records of a place that is taken away are gone', async () => {
      const { province, here, there, staff, activity } = await begin()
      const officer = await staff(['officer'], here, there)
      const lost = await activity(there)
      const tablet = await makeTablet(store(), province, officer)
      await tablet.readAll()
      await province.own('staff', { places: { [there]: { on: false } } }, officer)
      const { gone, records } = await tablet.readAll()
      expect(gone).toEqual([lost])
      expect(records.map(({ id }) => id)).toEqual([officer])
      expect((await tablet.readAll()).gone).toEqual([])
    })

    test('what had left a place that is taken away is gone as well, however small the pages', async () => {
      const { province, here, there, staff, activity } = await begin()
      const stays = await province.place('บ้านสมมติ')
      const officer = await staff(['officer'], here, stays)
      const lost = await activity(here)
      const tablet = await makeTablet(store(), province, officer)
      await tablet.readAll()
      await province.own('staff', { places: { [here]: { on: false } } }, officer)
      for (let i = 0; i < 6; i++) await activity(stays)
      await province.own('activity', { place: there }, lost)
      const { gone, answers } = await tablet.readAll({ room: 1200 })
      expect(answers.length).toBeGreaterThan(2)
      expect(gone).toEqual([lost])
    })

    test('a record that moves is gone for those it leaves and whole for those it joins', async () => {
      const { province, here, there, staff, activity } = await begin()
      const record = await activity(here, { from25Female: 7 })
      const leaves = await makeTablet(store(), province, await staff(['officer'], here))
      const joins = await makeTablet(store(), province, await staff(['officer'], there))
      const both = await makeTablet(store(), province, await staff(['officer'], here, there))
      for (const tablet of [leaves, joins, both]) await tablet.readAll()
      await province.own('activity', { place: there }, record)
      expect((await leaves.readAll()).gone).toEqual([record])
      const [news] = (await joins.readAll()).records
      expect(news).toMatchObject({ id: record })
      expect(applied([{ records: [news!], gone: [] }]).get(record)?.writes).toEqual(
        (await province.records()).get(record)!.state.writes,
      )
      expect(await both.readAll()).toMatchObject({ gone: [], records: [{ id: record }] })
    })

    test('the attendances of a session move with it, whole, however small the pages', async () => {
      const { province, here, there, staff } = await begin()
      const meeting = await province.own('training-session', session(here))
      const people = Array.from({ length: 9 }, () => makeId())
      const roster = await Promise.all(
        people.map((person) => province.own('attendance', { session: meeting, person }, attendanceId(meeting, person))),
      )
      const leaves = await makeTablet(store(), province, await staff(['officer'], here))
      const joins = await makeTablet(store(), province, await staff(['officer'], there))
      for (const tablet of [leaves, joins]) await tablet.readAll()
      await province.own('training-session', { place: there }, meeting)
      expect((await leaves.readAll()).gone.toSorted()).toEqual([meeting, ...roster].toSorted())
      const read = await joins.readAll({ room: 1200 })
      expect(read.answers.length).toBeGreaterThan(3)
      expect(read.records.map(({ id }) => id).toSorted()).toEqual([meeting, ...roster].toSorted())
      const stored = await province.records()
      for (const id of roster) expect(stored.get(id)).toMatchObject({ scope: there, place: there, day: '2026-11-02' })
      for (const { id, writes } of read.records) expect(writes).toEqual(stored.get(id)!.state.writes)
    })

    test('a child that is altered while its moved family is being read still arrives whole', async () => {
      const { province, here, there, staff } = await begin()
      const meeting = await province.own('training-session', session(here))
      const roster = await Promise.all(
        Array.from({ length: 6 }, () => makeId()).map((person) =>
          province.own('attendance', { session: meeting, person }, attendanceId(meeting, person)),
        ),
      )
      const tablet = await makeTablet(store(), province, await staff(['officer'], there))
      await tablet.readAll()
      await province.own('training-session', { place: there }, meeting)
      const answers = [await tablet.send([], { room: 1000 })]
      const mark = { m1: { on: true, kind: 'in', at: 1, taker: makeId(), device: 'd' } }
      for (const id of roster) await province.own('attendance', { marks: mark }, id)
      while (answers.at(-1)!.more) answers.push(await tablet.send([], { room: 1000 }))
      const held = applied(answers)
      const stored = await province.records()
      for (const id of roster) expect(held.get(id)?.writes).toEqual(stored.get(id)!.state.writes)
    })

    test('a record whose parent is unknown is its author’s and the administrator’s until the parent arrives', async () => {
      const { province, here, staff } = await begin()
      const [author, colleague] = [await staff(['officer'], here), await staff(['officer'], here)]
      const [mine, theirs] = [
        await makeTablet(store(), province, author),
        await makeTablet(store(), province, colleague),
      ]
      await theirs.readAll()
      const [meeting, person] = [makeId(), makeId()]
      const id = attendanceId(meeting, person)
      await mine.send([mine.change(id, 'attendance', { session: meeting, person })])
      expect((await province.records()).get(id)?.scope).toBe(`?${author}`)
      expect((await theirs.readAll()).records).toEqual([])
      await mine.send([mine.change(meeting, 'training-session', session(here))])
      expect((await province.records()).get(id)).toMatchObject({ scope: here, place: here, day: '2026-11-02' })
      expect((await theirs.readAll()).records.map((one) => one.id).toSorted()).toEqual([meeting, id].toSorted())
    })

    test('what came before its parent gains no place by it at which its author may not write', async () => {
      const { province, here, there, staff } = await begin()
      const [author, owner] = [await staff(['officer'], here), await staff(['officer'], there)]
      const [theirs, tablet] = [await makeTablet(store(), province, author), await makeTablet(store(), province, owner)]
      const [meeting, person] = [makeId(), makeId()]
      const id = attendanceId(meeting, person)
      await theirs.send([theirs.change(id, 'attendance', { session: meeting, person })])
      await tablet.readAll()
      await tablet.send([tablet.change(meeting, 'training-session', session(there))])
      const scope = async () => (await province.records()).get(id)?.scope
      expect(await scope()).toBe(`?${author}`)
      expect((await tablet.readAll()).records.map((one) => one.id)).not.toContain(id)
      // nor by a fold from the log, nor by another word of its author's
      await refold(store(), province.id)
      expect(await scope()).toBe(`?${author}`)
      const again = theirs.change(id, 'attendance', { marks: {} })
      expect((await theirs.send([again])).results).toMatchObject([{ code: 'place-not-yours' }])
      // it stands where its parent stands once somebody who may write there has written to it
      await tablet.send([tablet.change(meeting, 'training-session', { place: there, title: 'ก' }, tablet.base())])
      expect(await scope()).toBe(`?${author}`)
      const administrator = await makeTablet(store(), province, await staff(['administrator']))
      await administrator.readAll()
      await administrator.send([administrator.change(id, 'attendance', { marks: {} }, administrator.base())])
      expect(await scope()).toBe(there)
    })

    test('children and grandchildren that came before their parent follow it in one request', async () => {
      const { province, here, staff } = await begin()
      const tablet = await makeTablet(store(), province, await staff(['supervisor'], here))
      const [meeting, person, question] = [makeId(), makeId(), makeId()]
      const id = attendanceId(meeting, person)
      await tablet.send([
        tablet.change(question, 'question', { about: id, text: 'ใคร' }),
        tablet.change(id, 'attendance', { session: meeting, person }),
        tablet.change(meeting, 'training-session', session(here)),
      ])
      const stored = await province.records()
      expect([question, id, meeting].map((one) => stored.get(one)?.scope)).toEqual([here, here, here])
    })

    test('what is written under a record between its moves in one request stands where it stands at the end', async () => {
      const { province, here, there, staff } = await begin()
      const meeting = await province.own('training-session', session(here))
      const [earlier, person, question] = [makeId(), makeId(), makeId()]
      const known = await province.own(
        'attendance',
        { session: meeting, person: earlier },
        attendanceId(meeting, earlier),
      )
      const supervisor = await staff(['supervisor'], here, there)
      const tablet = await makeTablet(store(), province, supervisor)
      const leaves = await makeTablet(store(), province, await staff(['officer'], there))
      const stays = await makeTablet(store(), province, await staff(['officer'], here))
      for (const one of [tablet, leaves, stays]) await one.readAll()
      const id = attendanceId(meeting, person)
      const mark = { m1: { on: true, kind: 'in', at: 1, taker: supervisor, device: tablet.device } }
      const { results } = await tablet.send([
        tablet.change(meeting, 'training-session', { place: there }, tablet.base()),
        tablet.change(id, 'attendance', { session: meeting, person }),
        tablet.change(known, 'attendance', { marks: mark }, tablet.base()),
        tablet.change(question, 'question', { about: id, text: 'ใคร' }),
        tablet.change(meeting, 'training-session', { place: here }, tablet.base()),
      ])
      expect(results).toEqual([])
      const stored = await province.records()
      for (const one of [meeting, id, known, question]) expect(stored.get(one)).toMatchObject({ scope: here })
      expect((await leaves.readAll()).records).toEqual([])
      expect((await stays.readAll()).records.map((one) => one.id).toSorted()).toEqual(
        [meeting, id, known, question].toSorted(),
      )
    })

    test('a cursor belongs to one person: another one reads from the beginning', async () => {
      const { province, here, there, staff, activity } = await begin()
      const [a, b] = [await staff(['officer'], here), await staff(['officer'], there)]
      const theirs = await activity(there)
      const tablet = await makeTablet(store(), province, a)
      await tablet.readAll()
      const answer = await tablet.send([], { readsAs: b })
      expect(answer.records.map(({ id }) => id)).toContain(theirs)
    })
  })

  describe('law 12: polite', () => {
    test('while a tablet still sends, an answer carries at most 16 kB of records', async () => {
      const { province, here, staff, activity } = await begin()
      for (let i = 0; i < 30; i++) await activity(here, { outcome: 'ก'.repeat(700) })
      const tablet = await makeTablet(store(), province, await staff(['officer'], here))
      const answer = await tablet.send([tablet.change(makeId(), 'activity', activityFields(here))])
      const bytes = answer.records.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0)
      expect(bytes).toBeGreaterThan(8000)
      expect(bytes).toBeLessThanOrEqual(limits.answerBytesWhileSending)
      expect(answer.more).toBe(true)
    })

    test('a record larger than an answer still arrives', async () => {
      const { province, staff } = await begin()
      const envelope = 'A'.repeat(399_000)
      const set = { desk: 'desk', receivedOn: '2026-11-02', parts: { a: { on: true, envelope, size: 299_000 } } }
      const sealed = [await province.own('complaint', set), await province.own('complaint', set)]
      await province.own('complaint', { parts: { b: { on: true, envelope, size: 299_000 } } }, sealed[0])
      const tablet = await makeTablet(store(), province, await staff(['desk']))
      const { answers, records } = await tablet.readAll()
      expect(records.map(({ id }) => id)).toEqual(expect.arrayContaining(sealed))
      for (const one of answers) expect(JSON.stringify(one.records).length).toBeLessThan(850_000)
    })

    test('a change that met nothing new is not echoed to its author, and others read it', async () => {
      const { province, here, staff, activity } = await begin()
      const officer = await staff(['officer'], here)
      const record = await activity(here)
      const tablet = await makeTablet(store(), province, officer)
      const other = await makeTablet(store(), province, officer)
      for (const one of [tablet, other]) await one.readAll()
      const answer = await tablet.send([
        tablet.change(record, 'activity', { facilitator: 'ก' }, tablet.base()),
        tablet.change(makeId(), 'activity', activityFields(here)),
      ])
      expect(answer.records).toEqual([])
      expect(answer.more).toBe(false)
      expect((await tablet.readAll()).records).toEqual([])
      expect((await other.readAll()).records).toHaveLength(2)
    })

    test('a change that met something new comes back with it', async () => {
      const { province, here, staff, activity } = await begin()
      const record = await activity(here)
      const tablet = await makeTablet(store(), province, await staff(['officer'], here))
      await tablet.readAll()
      await province.own('activity', { outcome: 'คนอื่นเขียน' }, record)
      const answer = await tablet.send([tablet.change(record, 'activity', { facilitator: 'ก' }, tablet.base())])
      expect(answer.records.map(({ id }) => id)).toEqual([record])
      expect(answer.records[0]!.writes.map(({ set }) => set)).toContainEqual({ outcome: 'คนอื่นเขียน' })
    })
  })
})
