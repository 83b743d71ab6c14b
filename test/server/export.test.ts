import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivedId } from '#domain/kernel/id.ts'
import { appendOwn } from '#server/log/own.ts'
import { activityFields } from '#test/support/province.ts'
import { beginProvince, makeId, password, startServer, type TestProvince, type TestServer } from './support.ts'

let server: TestServer
let province: TestProvince
let school: string
let supervisor: Awaited<ReturnType<TestProvince['hire']>>
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  school = await province.place('โรงเรียนสมมติ, "ในหุบเขา"')
  supervisor = await province.hire(['supervisor'], [school])
})
afterAll(() => server.end())

/** What stands below the lines that say what the file holds. */
const tableIn = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4)
const coverOf = async (kind: string, query = '') => {
  const text = (await supervisor.browser.get(`/api/export/${kind}.csv${query}`)).body as string
  const [cover = ''] = text.replace(/^\uFEFF/, '').split('\r\n\r\n')
  return Object.fromEntries(Papa.parse<[string, string]>(cover).data)
}

const exported = async (kind: string, query = '') => {
  const answer = await supervisor.browser.get(`/api/export/${kind}.csv${query}`)
  const { data } = Papa.parse<Record<string, string>>(tableIn(answer.body), {
    header: true,
    skipEmptyLines: true,
  })
  return { answer, rows: data }
}
const rowOf = async (kind: string, record: string, query = '') =>
  (await exported(kind, query)).rows.find((row) => Object.values(row).includes(record))!

test('it is a file that Excel opens in Thai: a mark, CRLF, a name with the day', async () => {
  const { answer } = await exported('activity')
  const response = await fetch(`${server.url}/api/export/activity.csv`, {
    headers: { Cookie: supervisor.browser.cookie },
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="bowon-activity-2026-11-23.csv"')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect((answer.body as string).endsWith('\r\n')).toBe(true)
})

test('what was typed comes back, days in both eras and codes with their labels', async () => {
  const record = await province.own('activity', {
    ...activityFields(school, { type: 'S2', heldOn: '2026-10-31', under15Female: 12 }),
    outcome: 'บรรทัดหนึ่ง\nบรรทัดสอง, "อ้างคำพูด"',
    targetGroups: { CHY: { on: true }, OLD: { on: true } },
  })
  expect(await rowOf('activity', record)).toMatchObject({
    สถานที่: 'โรงเรียนสมมติ, "ในหุบเขา"',
    เสาหลัก: 'โรงเรียน',
    'วันที่ (ค.ศ.)': '2026-10-31',
    'วันที่ (พ.ศ.)': '31/10/2569',
    'ทำอะไร (รหัส)': 'S2',
    'ทำอะไร (ชื่อ)': 'กิจกรรมหน้าเสาธง/ชุมนุม',
    'เด็กต่ำกว่า 15 ปี หญิง': '12',
    ผลที่ได้: 'บรรทัดหนึ่ง\nบรรทัดสอง, "อ้างคำพูด"',
    กลุ่มเป้าหมาย: 'เด็กและเยาวชน; ผู้สูงอายุ',
    สถานะการตรวจทาน: 'ใหม่',
    ผู้บันทึก: 'อารี สมมติระบบ',
    'บันทึกเมื่อ (ค.ศ.)': '2026-11-23 10:00',
    'บันทึกเมื่อ (พ.ศ.)': '23/11/2569 10:00',
  })
})

test.each(['=1+1', '+66 8', '-2', '@cmd'])(
  'a text that begins like a formula (%s) gets one apostrophe',
  async (text) => {
    const record = await province.own('activity', activityFields(school, { facilitator: text }))
    expect((await rowOf('activity', record, '?personal=1')).ผู้ดำเนินกิจกรรม).toBe(`'${text}`)
  },
)

test('what was withdrawn is left out unless it is asked for, with its reason', async () => {
  const record = await province.own('activity', activityFields(school))
  await province.own('activity', { withdrawn: { reason: 'บันทึกซ้ำ' } }, record)
  expect(await rowOf('activity', record)).toBeUndefined()
  expect(await rowOf('activity', record, '?withdrawn=1')).toMatchObject({
    เหตุผลที่ถอน: 'บันทึกซ้ำ',
    สถานะการตรวจทาน: 'ถอนแล้ว',
  })
})

test('people are named only where they were asked for', async () => {
  const person = await province.own('person', {
    place: school,
    givenName: 'กานดา',
    familyName: 'สมมติสุข',
    number: '20001',
  })
  const session = await province.own('training-session', { place: school, heldOn: '2026-11-20', title: 'รอบสมมติ' })
  await province.own('attendance', { session, person }, derivedId('attendance', session, person))
  await province.own('activity', activityFields(school, { facilitator: 'ใบบุญ สมมติภูมิ' }))
  const trainers = { [makeId()]: { on: true, name: 'ทองใบ สมมติกุล' } }
  await province.own('training-session', { place: school, heldOn: '2026-11-20', trainers })
  const told = async (kind: string, query = '') => (await exported(kind, query)).answer.body as string
  for (const kind of ['person', 'attendance', 'training-session']) expect(await told(kind)).not.toContain('กานดา')
  expect(await told('activity')).not.toContain('ใบบุญ')
  expect(await told('training-session')).not.toContain('ทองใบ')
  expect(await told('training-session')).toContain('วิทยากรรับเชิญ')
  expect(await told('activity', '?personal=1')).toContain('ใบบุญ สมมติภูมิ')
  expect(await told('training-session', '?personal=1')).toContain('ทองใบ สมมติกุล')
  expect(await told('person', '?personal=1')).toContain('กานดา,สมมติสุข')
  expect(await told('attendance', '?personal=1')).toContain('2026-11-20 รอบสมมติ,กานดา สมมติสุข')
})

test('days cut it at both ends', async () => {
  const [before, first, last] = await Promise.all(
    ['2026-01-31', '2026-02-01', '2026-02-28'].map((heldOn) =>
      province.own('activity', activityFields(school, { heldOn })),
    ),
  )
  const { rows } = await exported('activity', '?from=2026-02-01&to=2026-02-28')
  expect(rows.map((row) => row.รหัสบันทึก?.replace(/^'/, ''))).toEqual([first, last])
  expect(rows.map((row) => row.รหัสบันทึก)).not.toContain(before)
  const buddhist = await supervisor.browser.get('/api/export/activity.csv?from=2569-02-01')
  expect(buddhist.body.failure).toEqual({ code: 'invalid-field', field: 'from' })
})

test('a kind that nobody knows is not found, and names of objects are no kinds', async () => {
  for (const kind of ['no-such-kind', 'constructor', '__proto__']) {
    expect((await supervisor.browser.get(`/api/export/${kind}.csv`)).code).toBe('not-found')
  }
})

test('what is sealed is in no export, and complaints are the desk’s', async () => {
  const record = await province.own('complaint', {
    desk: 'main',
    receivedOn: '2026-11-23',
    parts: { one: { on: true, envelope: 'c2VhbGVkZW52ZWxvcGU', size: 14 } },
  })
  expect((await supervisor.browser.get('/api/export/complaint.csv')).status).toBe(404)
  const desk = await province.hire(['supervisor', 'desk'], [])
  const text = (await desk.browser.get('/api/export/complaint.csv?personal=1')).body as string
  expect(text).toContain(record.replace(/^-/, "'-"))
  expect(text).not.toContain('c2VhbGVkZW52ZWxvcGU')
})

test('every export is written down before it begins', async () => {
  await exported('person', '?personal=1&from=2026-01-01')
  await province.admin.post('/api/sign-in', { username: 'aree', password: 'ลำธารใสไหลเย็น' })
  const { lines } = (await province.admin.get('/api/access-log')).body
  expect(lines.find((line: { act: string }) => line.act === 'exported')).toMatchObject({
    staff: supervisor.staff,
    subject: expect.stringMatching(/^person personal 2026-01-01 {2}\d+ \d+$/),
  })
})

test('two thousand records come out whole and in order', async () => {
  const place = await province.place('โรงเรียนใหญ่สมมติ')
  const big = await province.hire(['supervisor'], [place])
  const ids = Array.from({ length: 2000 }, () => makeId())
  await server.house.store().transaction((tx) =>
    appendOwn(
      tx,
      { province: province.provinceId, now: server.clock.now },
      ids.map((record) => ({ author: province.adminId, kind: 'activity', record, set: activityFields(place) })),
    ),
  )
  const text = (await big.browser.get('/api/export/activity.csv')).body as string
  const lines = tableIn(text).trimEnd().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(',')[0]!.replace(/^'/, ''))).toEqual(ids)
})

test('it says what it holds, for whom, from when, what was left out, and how much it is; the access log says how much', async () => {
  const place = await province.place('โรงเรียนนับสมมติ')
  const counter = await province.hire(['supervisor'], [place])
  supervisor = counter
  const session = await province.own('training-session', { place, heldOn: '2026-11-20', title: 'รอบสมมติ' })
  const people = await Promise.all(
    ['1', '2'].map((number) => province.own('person', { place, givenName: 'สมมติ', number })),
  )
  for (const person of people)
    await province.own('attendance', { session, person }, derivedId('attendance', session, person))
  for (const [facilitator, heldOn] of [
    ['ใบบุญ สมมติภูมิ', '2026-11-20'],
    ['ใบบุญ สมมติภูมิ', '2026-11-21'],
    ['อีกคน สมมติ', '2026-12-01'],
  ] as const)
    await province.own('activity', activityFields(place, { facilitator, heldOn }))
  const gone = await province.own('activity', activityFields(place, { facilitator: 'ผู้ถอน สมมติ' }))
  await province.own('activity', { withdrawn: { reason: 'บันทึกซ้ำ' } }, gone)
  expect(await coverOf('attendance', '?personal=1')).toEqual({
    ไฟล์นี้คือ: 'การเข้าอบรม · จังหวัดสมมติ',
    ส่งออกโดย: 'เจ้าหน้าที่สมมติ',
    ส่งออกเมื่อ: '2026-11-23 10:00 · 23/11/2569 10:00',
    'ช่วงวันที่ (ค.ศ.)': 'ทุกวัน',
    บันทึกที่ถอนแล้ว: 'ไม่รวม',
    ข้อมูลส่วนบุคคล: 'รวมอยู่ด้วย',
    จำนวนแถว: '2',
    จำนวนคนที่เกี่ยวข้อง: '2',
  })
  const holds = async (query: string) => {
    const cover = await coverOf('activity', query)
    return [cover.จำนวนแถว, cover.จำนวนคนที่เกี่ยวข้อง, cover.ข้อมูลส่วนบุคคล, cover['ช่วงวันที่ (ค.ศ.)']]
  }
  expect(await holds('')).toEqual(['3', '2', 'ไม่รวม', 'ทุกวัน'])
  expect(await holds('?to=2026-11-30')).toEqual(['2', '1', 'ไม่รวม', '… – 2026-11-30'])
  expect((await holds('?withdrawn=1')).slice(0, 2)).toEqual(['4', '3'])
  await province.admin.post('/api/sign-in', { username: 'aree', password })
  const { lines } = (await province.admin.get('/api/access-log')).body
  const own = lines.filter(
    (line: { act: string; staff: string }) => line.staff === counter.staff && line.act === 'exported',
  )
  expect(own.map((line: { subject: string }) => line.subject)).toEqual([
    'activity    4 3',
    'activity   2026-11-30 2 1',
    'activity    3 2',
    'attendance personal   2 2',
  ])
})
