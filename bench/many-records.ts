import { attendanceId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { Client } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'

const batch = 500
const places = 30
const peopleAtPlace = 300
const sessionsAtPlace = 10
const rosterOfSession = 100

export const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
const dayBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)

type NewRecord = Parameters<Client['write']>[number]

/**
 * A season of a whole province, through the server's own door: places, people, sessions with their rosters, and activities until there are
 * `count` records. One session is open today.
 */
export const writeManyRecords = async (admin: Client, count: number): Promise<void> => {
  const all = season(count, admin.staff)
  for (let at = 0; at < all.length; at += batch) {
    const part = all.slice(at, at + batch)
    // a line that was idle for too long on a busy machine; the same records once more are the same records
    const { results } = await admin.write(...part).catch(() => admin.write(...part))
    if (results.length > 0) throw new Error(`held: ${JSON.stringify(results[0])}`)
  }
}

const season = (count: number, taker: StaffId): NewRecord[] => {
  const all: NewRecord[] = []
  const add = (kind: string, set: NewRecord['set'], record: RecordId = makeId()) => {
    all.push({ kind, record, set })
    return record
  }
  const everywhere = Array.from({ length: places }, (_, i) =>
    add('place', { name: `โรงเรียนตัวอย่างที่ ${i + 1}`, type: 'school' }),
  )
  for (const [i, place] of everywhere.entries()) {
    const people = Array.from({ length: peopleAtPlace }, (_, k) =>
      add('person', {
        place,
        title: 'นางสาว',
        givenName: `สมมติ${k}`,
        familyName: `ตัวอย่าง${i}`,
        number: String(i * 1000 + k),
        grade: `ม.${1 + (k % 6)}`,
      }),
    )
    for (let s = 0; s < sessionsAtPlace; s++) {
      const isToday = i === 0 && s === 0
      const heldOn = dayBefore(isToday ? 0 : 1 + ((i * 37 + s * 41) % 380))
      const session = add('training-session', { place, heldOn, startsAt: '09:00', state: isToday ? 'open' : 'closed' })
      for (const person of people.slice((s % 3) * rosterOfSession, (s % 3) * rosterOfSession + rosterOfSession)) {
        const at = Date.parse(`${heldOn}T02:05:00Z`)
        const marks = {
          a: { kind: 'in', at, taker },
          b: { kind: 'out', at: at + 10_000_000, taker },
        }
        add('attendance', { session, person, marks }, attendanceId(session, person))
      }
    }
  }
  for (let k = 0; all.length < count; k++) {
    add('activity', {
      node: 'school',
      type: 'S1',
      place: everywhere[k % places]!,
      heldOn: dayBefore(k % 700),
      facilitator: 'ผู้ดูแล ตัวอย่าง',
      from15Female: 1 + (k % 40),
      from15Male: k % 37,
      outcome: 'นักเรียนสรุปสิทธิของตนและทำแผนงานของห้อง '.repeat(4),
    })
  }
  return all
}
