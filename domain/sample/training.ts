import type { Json } from '#domain/kernel/bytes.ts'
import { addDays, type Day, instantOf } from '#domain/kernel/day.ts'
import { attendanceId, type DeviceId, derivedId, type RecordId } from '#domain/kernel/id.ts'
import type { Chance } from './chance.ts'
import type { SamplePerson } from './people.ts'
import { schools } from './places.ts'
import { isNorth, staffNamed, tabletNorth, tabletSouth } from './staff.ts'
import type { Step } from './step.ts'

const minutesOf = { M1: 30, M2: 30, M3: 30, M4: 40, M5: 30, M6: 20 } as const
type Module = keyof typeof minutesOf
const firstHalf: readonly Module[] = ['M1', 'M2', 'M3']
const secondHalf: readonly Module[] = ['M4', 'M5', 'M6']
const whole: readonly Module[] = [...firstHalf, ...secondHalf]

interface Plan {
  readonly school: number
  /** Days from today. */
  readonly day: number
  readonly startsAt: string
  readonly modules: readonly Module[]
  readonly title: string
}

const plan = (school: number, day: number, startsAt: string, modules: readonly Module[], title: string): Plan => ({
  school,
  day,
  startsAt,
  modules,
  title,
})

/** Three hours in one go, or in two meetings; today one is under way, and some are still to come. */
const plans: readonly Plan[] = [
  plan(0, -40, '09:00', firstHalf, 'สิทธิมนุษยชนเบื้องต้น ครั้งที่ 1'),
  plan(0, -33, '09:00', secondHalf, 'สิทธิมนุษยชนเบื้องต้น ครั้งที่ 2'),
  plan(1, -30, '13:00', firstHalf, 'รู้สิทธิ รู้หน้าที่ ครั้งที่ 1'),
  plan(1, -23, '13:00', secondHalf, 'รู้สิทธิ รู้หน้าที่ ครั้งที่ 2'),
  plan(2, -18, '09:30', firstHalf, 'อบรมสิทธิมนุษยชน ม.ต้น ครั้งที่ 1'),
  plan(2, -12, '09:30', secondHalf, 'อบรมสิทธิมนุษยชน ม.ต้น ครั้งที่ 2'),
  plan(3, -9, '09:00', whole, 'ค่ายสิทธิมนุษยชนหนึ่งวัน'),
  plan(4, -5, '09:00', firstHalf, 'เรียนรู้สิทธิในโรงเรียน ครั้งที่ 1'),
  plan(3, -2, '13:00', secondHalf, 'รอบเก็บตกสำหรับผู้ที่ขาดช่วงบ่าย'),
  plan(4, 0, '09:00', secondHalf, 'เรียนรู้สิทธิในโรงเรียน ครั้งที่ 2'),
  plan(2, 0, '13:30', secondHalf, 'รอบเก็บตก ครั้งที่ 2'),
  plan(1, 1, '09:00', whole, 'อบรมสิทธิมนุษยชน ห้องใหม่'),
  plan(0, 6, '09:00', firstHalf, 'อบรมสภานักเรียน ครั้งที่ 1'),
  plan(4, 13, '13:00', whole, 'อบรมสิทธิมนุษยชนสำหรับแกนนำ'),
]

const minute = 60_000

/** Sessions with their rosters and marks, as they would stand at `now`. */
export const trainingSteps = (chance: Chance, today: Day, now: number, people: readonly SamplePerson[]): Step[] =>
  plans.flatMap((one, at) => sessionSteps(chance, today, now, people, one, at))

const sessionSteps = (
  chance: Chance,
  today: Day,
  now: number,
  people: readonly SamplePerson[],
  { school, day, startsAt, modules, title }: Plan,
  at: number,
): Step[] => {
  const place = schools[school]!.id
  const north = isNorth(place)
  const by = staffNamed(north ? 'officer' : 'officer2').id
  const trainer = staffNamed(north ? 'trainer' : 'trainer2').id
  const device = (north ? tabletNorth : tabletSouth).id
  const record = derivedId('sample-session', String(at))
  const heldOn = addDays(today, day)
  const start = instantOf(heldOn, startsAt)
  const end = start + modules.reduce((sum, code) => sum + minutesOf[code], 0) * minute
  const prepared = Math.min(start, now) - 30 * minute - at
  const session = { by, device, kind: 'training-session', record } as const
  const steps: Step[] = [
    {
      ...session,
      at: prepared,
      set: {
        place,
        heldOn,
        startsAt,
        endsAt: clock(end),
        title,
        audience: 'M1-3',
        modules: Object.fromEntries(
          modules.map((code, order) => [code, { on: true, order, planned: minutesOf[code], trainer }]),
        ),
        trainers: { [trainer]: { on: true } },
        state: 'open',
      },
    },
  ]
  const roster = chance.some(
    people.filter((person) => person.place === place),
    chance.between(24, 34),
  )
  const times = { start, end, now, prepared }
  for (const person of roster) steps.push(...attendanceSteps(chance, session, person, times))
  if (end < now) {
    const delivered = modules.map((code) => [code, { actual: Math.max(5, minutesOf[code] + chance.between(-3, 3)) }])
    steps.push({ ...session, at: end + 10 * minute, set: { state: 'closed', modules: Object.fromEntries(delivered) } })
  }
  return steps
}

const attendanceSteps = (
  chance: Chance,
  session: { by: Step['by']; device: DeviceId; record: RecordId },
  person: SamplePerson,
  { start, end, now, prepared }: { start: number; end: number; now: number; prepared: number },
): Step[] => {
  const record = attendanceId(session.record, person.id)
  const attendance = { by: session.by, device: session.device, kind: 'attendance', record } as const
  const onRoster = { ...attendance, at: prepared + 1000, set: { session: session.record, person: person.id } }
  const isAbsent = chance.whole(12) === 0
  const arrives = start + (chance.whole(8) === 0 ? chance.between(20, 45) : chance.between(-15, 4)) * minute
  const leaves = end - (chance.whole(9) === 0 ? chance.between(25, 50) : chance.between(-3, 2)) * minute
  if (isAbsent || arrives > now) return [onRoster]
  const tap = (kind: 'in' | 'out', at: number, more: Readonly<Record<string, Json>> = {}): Step => ({
    ...attendance,
    at,
    set: {
      marks: {
        [derivedId('sample-mark', record, kind, String(at))]: {
          on: true,
          kind,
          at,
          taker: session.by,
          device: session.device,
          ...more,
        },
      },
    },
  })
  const wrongTap = chance.whole(40) === 0 ? [tap('in', arrives - minute, { struckBy: session.by })] : []
  return [onRoster, ...wrongTap, tap('in', arrives), ...(leaves <= now ? [tap('out', leaves)] : [])]
}

const clock = (instant: number) => new Date(instant + 7 * 60 * minute).toISOString().slice(11, 16)
