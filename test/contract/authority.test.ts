import { expect, test } from 'vitest'
import type { Change, FieldSet } from '#domain/change.ts'
import { attendanceId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { Role } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import { leaveTablet } from '#server/people/device-people.ts'
import { cutKeys } from '#server/people/keys.ts'
import { on } from '#test/support/on.ts'
import { activityFields, beginProvince, makeId, makeTablet, type TestTablet } from '#test/support/province.ts'
import { makeKey, registeredKey } from '#test/support/signing.ts'
import { onBothDatabases } from './subjects.ts'

// Who may act (docs/authority.md): each attack, and what stands in the log afterwards.

onBothDatabases('No right by naming somebody', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const school = await province.place('โรงเรียนสมมติ')
    const person = (...roles: readonly Role[]) => province.staff(roles, [school]) as Promise<StaffId>
    const tablet = async (who: StaffId) => {
      const one = await makeTablet(store(), province, who)
      await one.readAll()
      return one
    }
    const valuesOf = async (record: RecordId) => view((await province.records()).get(record)!.state).values
    return { province, school, person, tablet, valuesOf }
  }
  type Begun = Awaited<ReturnType<typeof begin>>
  const place = { name: 'วัดสมมติ', type: 'temple' }
  const codes = (answer: { results: readonly { n: number; code: string }[] }) => answer.results.map(({ code }) => code)
  /** A line that its author has not signed, from a tablet that would sign it. */
  const unsigned = async (tablet: TestTablet, line: string) => {
    const { key } = tablet
    tablet.signs = false
    const answer = await tablet.send([line])
    tablet.signs = key !== null
    return codes(answer)
  }
  const by = async ({ person, tablet }: Begun, ...roles: readonly Role[]) => {
    const who = await person(...roles)
    return { who, tablet: await tablet(who) }
  }

  test('what is guarded counts with the signature of its author, and is held without it', async () => {
    const begun = await begin()
    const { tablet } = await by(begun, 'supervisor')
    const line = tablet.change(makeId(), 'place', place)
    expect(await unsigned(tablet, line)).toEqual(['needs-the-person'])
    expect(codes(await tablet.send([line]))).toEqual([])
    const row = (await begun.province.log()).find((one) => one.device === tablet.device)
    expect(row).toMatchObject({ line, proof: expect.stringMatching(/^[\w-]{22}\.[\w-]{86}$/) })
  })

  test('a capture in the name of who holds a guarded role needs their signature too', async () => {
    const { school, ...begun } = await begin()
    const { tablet } = await by({ school, ...begun }, 'supervisor', 'officer')
    expect(await unsigned(tablet, tablet.change(makeId(), 'activity', activityFields(school)))).toEqual([
      'needs-the-person',
    ])
  })

  test('a signature is worth nothing over another line, on another device, in another province, or of another person', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'supervisor')
    const elsewhere = await begun.tablet(who)
    const officer = await by(begun, 'officer')
    const signed = (line: string, key: { sign(line: string): string }) => key.sign(line)
    const line = tablet.change(makeId(), 'place', place)
    const other = tablet.change(makeId(), 'place', place)
    const [, proof] = tablet.key!.sign(line).split('\t') as [string, string]
    tablet.signs = false
    expect(codes(await tablet.send([`${other}\t${proof}`]))).toEqual(['forged'])
    expect(codes(await tablet.send([signed(line, elsewhere.key!)]))).toEqual(['forged'])
    const foreign = makeKey(makeId(), tablet.device, who)
    expect(codes(await tablet.send([signed(tablet.change(makeId(), 'place', place), foreign)]))).toEqual([
      'needs-the-person',
    ])
    const replayed = officer.tablet.change(makeId(), 'place', place, { author: who })
    expect(codes(await officer.tablet.send([`${replayed}\t${proof}`]))).toEqual(['forged'])
    expect(codes(await officer.tablet.send([signed(replayed, tablet.key!)]))).toEqual(['forged'])
    // a key of the officer's own, on their own tablet, under the supervisor's name
    const at = { province: begun.province.id, now: begun.province.clock.now }
    const own = await registeredKey(store(), at, officer.tablet.device, officer.who)
    const named = officer.tablet.change(makeId(), 'place', place, { author: who })
    expect(codes(await officer.tablet.send([signed(named, own)]))).toEqual(['forged'])
  })

  test('a key that has ended speaks for what it signed before, and one that was cut for nothing', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'supervisor')
    const [before, after] = [tablet.change(makeId(), 'place', place), tablet.change(makeId(), 'place', place)]
    const at = { province: begun.province.id, now: begun.province.clock.now }
    const leaves = (lastN: number) =>
      store().transaction((tx) => leaveTablet(tx, { ...at, device: tablet.device }, { person: who, lastN }))
    // an end only comes nearer, whatever somebody with the tablet had said before
    await leaves(1_000_000)
    await leaves(1)
    expect((await tablet.send([before, after])).results).toMatchObject([
      { n: 2, code: 'needs-the-person', detail: 'ended' },
    ])
    await store().transaction((tx) => cutKeys(tx, { ...at, by: who }, { person: who }))
    const late = tablet.change(makeId(), 'place', place)
    expect((await tablet.send([late])).results).toMatchObject([{ code: 'needs-the-person', detail: 'cut' }])
  })

  test('whoever has signed out of a shared tablet has not written what it numbered afterwards', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'officer')
    const lines = [1, 2].map(() => tablet.change(makeId(), 'activity', activityFields(begun.school)))
    const at = { province: begun.province.id, device: tablet.device, now: begun.province.clock.now }
    await store().transaction((tx) => leaveTablet(tx, at, { person: who, lastN: 1 }))
    expect((await tablet.send(lines)).results).toMatchObject([{ n: 2, code: 'not-signed-in-here' }])
  })

  test('a line in the name of somebody who is not there keeps nobody else waiting', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'officer')
    const named = await Promise.all([begun.person('observer'), begun.person('supervisor')])
    const record = makeId()
    await tablet.send([tablet.change(record, 'activity', activityFields(begun.school))])
    const forged = named.map((author) => tablet.change(record, 'activity', { outcome: 'x' }, { author }))
    expect(codes(await tablet.send(forged))).toEqual(['not-signed-in-here', 'needs-the-person'])
    expect(codes(await tablet.send([tablet.change(record, 'activity', { outcome: 'y' }, { author: who })]))).toEqual([])
  })

  test('keys are nobody’s to write, not even an administrator’s', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'administrator')
    const { id, public: x, proof } = makeKey(begun.province.id, tablet.device, who)
    const set = { person: who, device: tablet.device, public: x, proof }
    expect(codes(await tablet.send([tablet.change(id, 'key', set)]))).toEqual(['role-may-not-write'])
  })

  test('a right is given knowing what a person wrote there last: a late grant by a clock set ahead beats no removal', async () => {
    const begun = await begin()
    const { province, person, tablet, valuesOf } = begun
    const [first, second] = [await tablet(await person('administrator')), await tablet(await person('administrator'))]
    const somebody = await person('officer')
    for (const one of [first, second]) await one.readAll()
    first.at = province.clock.now + 3_600_000
    const grant = first.change(somebody, 'staff', { roles: on('administrator') }, first.base())
    const removal = second.change(somebody, 'staff', { active: false }, second.base())
    expect(codes(await second.send([removal]))).toEqual([])
    expect(codes(await first.send([grant]))).toEqual(['changed-meanwhile'])
    expect(Object.keys((await valuesOf(somebody)).roles as object)).toEqual(['officer'])
  })

  test('the last administrator who can act is not taken away', async () => {
    const { province, tablet } = await begin()
    const admin = await tablet(province.admin)
    const account = { password: '', must_change: 0, disabled: 0, failures: 0, next_attempt_at: 0, created_at: 0 }
    await store().transaction(({ db }) =>
      db
        .insertInto('accounts')
        .values({ province: province.id, staff: province.admin, username: province.id, ...account })
        .execute(),
    )
    const ways = [{ active: false }, { roles: { administrator: { on: false } } }, { withdrawn: { reason: '' } }]
    for (const [at, set] of ways.entries()) {
      const more = { ...admin.base(), ...(at > 0 && { replaces: at }) }
      expect(codes(await admin.send([admin.change(province.admin, 'staff', set as FieldSet, more)]))).toEqual([
        'last-administrator',
      ])
    }
  })

  test('a drop and a mend need author and proof of what they replace', async () => {
    const begun = await begin()
    const { tablet } = await by(begun, 'supervisor')
    const record = makeId()
    const [held, drop] = [
      tablet.change(record, 'place', { ...place, name: 7 }),
      tablet.change(record, 'place', {}, { replaces: 1 }),
    ]
    expect(codes(await tablet.send([held]))).toEqual(['invalid-value'])
    expect(await unsigned(tablet, drop)).toEqual(['needs-the-person'])
    expect(codes(await tablet.send([drop]))).toEqual([])
  })

  test('marks are written once, in the name of who took them, on the tablet that took them', async () => {
    const begun = await begin()
    const { province, school } = begun
    const { who, tablet } = await by(begun, 'officer')
    const session = await province.own('training-session', { place: school, heldOn: '2026-11-02' })
    const pupil = makeId()
    const id = attendanceId(session, pupil)
    const mark = (more: object = {}) => ({ on: true, kind: 'in', at: 1, taker: who, device: tablet.device, ...more })
    const send = async (marks: FieldSet, more: Partial<Change> = {}, set: FieldSet = { session, person: pupil }) =>
      codes(await tablet.send([tablet.change(id, 'attendance', { ...set, marks }, more)]))
    expect(await send({ m: mark({ taker: makeId() }) })).toEqual(['invalid-value'])
    expect(await send({ m: mark({ device: makeId() }) }, { replaces: 1 })).toEqual(['invalid-value'])
    expect(await send({ m: mark() }, { replaces: 2 })).toEqual([])
    const base = tablet.base()
    expect(await send({ m: { at: 5 } }, base, {})).toEqual(['role-may-not-write'])
    expect(await send({ m: { struckBy: makeId() } }, { ...base, replaces: 4 }, {})).toEqual(['invalid-value'])
    expect(await send({ m: { on: false } }, { ...base, replaces: 5 }, {})).toEqual(['role-may-not-write'])
    expect(await send({ m: { struckBy: who } }, { ...base, replaces: 6 }, {})).toEqual([])
  })

  test('a record whose id follows from its fields bears no other', async () => {
    const begun = await begin()
    const { tablet } = await by(begun, 'officer')
    const session = await begun.province.own('training-session', { place: begun.school, heldOn: '2026-11-02' })
    const set = { session, person: makeId() }
    expect(codes(await tablet.send([tablet.change(makeId(), 'attendance', set)]))).toEqual(['invalid-value'])
  })

  test('a withdrawal that somebody signed for is taken back with a signature alone', async () => {
    const begun = await begin()
    const [supervisor, officer] = [await by(begun, 'supervisor'), await by(begun, 'officer')]
    const record = makeId()
    await officer.tablet.send([officer.tablet.change(record, 'activity', activityFields(begun.school))])
    await supervisor.tablet.readAll()
    const withdraw = (tablet: TestTablet, withdrawn: FieldSet | null) =>
      tablet.change(record, 'activity', { withdrawn }, tablet.base())
    expect(codes(await supervisor.tablet.send([withdraw(supervisor.tablet, { reason: 'ซ้ำ' })]))).toEqual([])
    await officer.tablet.readAll()
    expect(codes(await officer.tablet.send([withdraw(officer.tablet, null)]))).toEqual(['needs-the-person'])
    expect(codes(await supervisor.tablet.send([withdraw(supervisor.tablet, null)]))).toEqual([])
  })

  test('a complaint goes on from the tablet that began it; what is sealed again, or withdrawn, the desk signs for', async () => {
    const begun = await begin()
    const [officer, other, desk] = [await by(begun, 'officer'), await by(begun, 'officer'), await by(begun, 'desk')]
    const record = makeId()
    const part = (key: string, envelope: string) => ({
      parts: { [key]: { on: true, envelope, size: envelope.length } },
    })
    const said = async ({ tablet }: typeof officer, set: FieldSet, more: Partial<Change> = {}) => {
      const author = tablet.device as string as StaffId
      return codes(await tablet.send([tablet.change(record, 'complaint', set, { author, ...more })]))
    }
    expect(await said(officer, { desk: 'main', receivedOn: '2026-11-02', ...part('a', 'AAAA') })).toEqual([])
    const base = officer.tablet.base()
    expect(await said(officer, part('b', 'BBBB'), base)).toEqual([])
    expect(await said(other, part('c', 'CCCC'), base)).toEqual(['role-may-not-write'])
    expect(await said(officer, part('a', 'XXXX'), base)).toEqual(['needs-the-person'])
    expect(await said(other, { withdrawn: { reason: '' } }, { ...base, replaces: 1 })).toEqual(['needs-the-person'])
    expect(await said(desk, part('a', 'DDDD'), { ...base, author: desk.who })).toEqual([])
    expect(await said(desk, part('d', 'EEEE'), { ...base, author: desk.who })).toEqual(['unknown-author'])
  })

  test('a question is answered by whom it was put to, or on the tablet that it came from, and asked by supervisors', async () => {
    const begun = await begin()
    const [asked, colleague, supervisor] = [
      await by(begun, 'officer'),
      await by(begun, 'officer'),
      await by(begun, 'supervisor'),
    ]
    const [record, question] = [makeId(), makeId()]
    await asked.tablet.send([asked.tablet.change(record, 'activity', activityFields(begun.school))])
    const ask = { about: record, text: 'กี่คน', to: asked.who, toDevice: asked.tablet.device }
    expect(codes(await asked.tablet.send([asked.tablet.change(makeId(), 'question', ask)]))).toEqual([
      'role-may-not-write',
    ])
    expect(codes(await supervisor.tablet.send([supervisor.tablet.change(question, 'question', ask)]))).toEqual([])
    const { base } = supervisor.tablet.base()
    const answers = async ({ who, tablet }: typeof asked) =>
      codes(await tablet.send([tablet.change(question, 'question', { answer: '12', answeredBy: who }, { base })]))
    expect(await answers(colleague)).toEqual(['not-put-to-you'])
    expect(await answers(asked)).toEqual([])
  })

  test('a question that was put to nobody is nobody’s to answer', async () => {
    const begun = await begin()
    const { who, tablet } = await by(begun, 'officer')
    const about = await begun.province.own('activity', activityFields(begun.school))
    const question = await begun.province.own('question', { about, text: 'กี่คน' })
    await tablet.readAll()
    const line = tablet.change(question, 'question', { answer: '12', answeredBy: who }, tablet.base())
    expect(codes(await tablet.send([line]))).toEqual(['not-put-to-you'])
  })

  test('what is about a complaint is written by the desk alone', async () => {
    const begun = await begin()
    const parts = { a: { on: true, envelope: 'AAAA', size: 4 } }
    const about = await begun.province.own('complaint', { desk: 'main', receivedOn: '2026-11-02', parts })
    const [supervisor, both] = [await by(begun, 'supervisor'), await by(begun, 'supervisor', 'desk')]
    const ask = ({ tablet }: typeof both) =>
      tablet.send([tablet.change(makeId(), 'question', { about, text: 'กี่คน', toDevice: tablet.device })])
    expect(codes(await ask(supervisor))).toEqual(['place-not-yours'])
    expect(codes(await ask(both))).toEqual([])
  })
})
