import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { addDays, type Day, instantOf } from '#domain/kernel/day.ts'
import { derivedId, type RecordId } from '#domain/kernel/id.ts'
import { headcountFields, type Node } from '#domain/records/activity.ts'
import type { Chance } from './chance.ts'
import { type SamplePlace, samplePlaces } from './places.ts'
import { isNorth, laptop, staffNamed, tabletNorth, tabletSouth, tabletSpare } from './staff.ts'
import type { Step } from './step.ts'

/** What became of each activity, in turn. */
const fates = [
  ...['approved', 'new', 'approved', 'returned', 'approved', 'new', 'approved', 'answered', 'new', 'approved'],
  ...['conflict', 'new', 'approved', 'changed', 'new', 'approved', 'withdrawn', 'new', 'returned', 'approved'],
] as const
type Fate = (typeof fates)[number]

const howMany = 40

interface Kind {
  readonly type: string
  readonly outcome: string
  readonly groups: readonly string[]
  readonly areas: readonly string[]
}
const sort = (type: string, outcome: string, groups: readonly string[], areas: readonly string[]): Kind => ({
  type,
  outcome,
  groups,
  areas,
})

const sorts: Readonly<Record<Node, readonly Kind[]>> = {
  home: [
    sort('H1', 'ชาวบ้านร่วมกันวางข้อตกลงเรื่องน้ำใช้ และตั้งคณะทำงาน 5 คน', ['PUB', 'POOR'], ['COMMUNITY']),
    sort('H2', 'เยี่ยมผู้สูงอายุที่อยู่ลำพัง ประสาน อบต. เรื่องเบี้ยยังชีพ', ['OLD', 'PWD'], ['HEALTH']),
    sort('H5', 'ให้คำปรึกษากฎหมายเรื่องหนี้และที่ดิน นัดติดตามเดือนหน้า', ['POOR'], ['PROPERTY', 'LAND']),
    sort('H6', 'สำรวจผู้มีปัญหาสถานะ ส่งต่ออำเภอเพื่อตรวจสอบเอกสาร', ['ETH'], ['STATUS']),
  ],
  temple: [
    sort('T1', 'แทรกเรื่องสิทธิและหน้าที่ในธรรมเทศนาวันพระ มีผู้ซักถามหลายคน', ['PUB', 'OLD'], ['CIVIL']),
    sort('T3', 'พระและสามเณรเรียนรู้การคุ้มครองเด็กในวัด', ['SANGHA', 'CHY'], ['CHILD']),
    sort('T7', 'ผู้นำศาสนาร่วมพูดคุยเรื่องการอยู่ร่วมกันโดยไม่เลือกปฏิบัติ', ['PUB'], ['DISCRIM']),
  ],
  school: [
    sort('S2', 'เล่าเรื่องสิทธิเด็กหน้าเสาธง นักเรียนร่วมตอบคำถาม', ['CHY'], ['CHILD', 'EDU']),
    sort('S6', 'ผู้ปกครองและครูตกลงแนวปฏิบัติเรื่องการลงโทษ', ['PUB'], ['CHILD']),
    sort('S7', 'นักเรียนทำป้ายรณรงค์หยุดกลั่นแกล้งออนไลน์', ['CHY'], ['PRIVACY', 'GENDER']),
  ],
  joint: [sort('X1', 'บ้าน วัด โรงเรียนร่วมกันจัดวันสิทธิมนุษยชนของตำบล', ['PUB', 'CHY'], ['COMMUNITY', 'CIVIL'])],
}

const nodeOf = ({ type }: SamplePlace): Node =>
  type === 'school' ? 'school' : type === 'home' ? 'home' : type === 'agency' ? 'joint' : 'temple'

const hour = 3_600_000

/** Activities in every state that a supervisor meets. */
export const activitySteps = (chance: Chance, today: Day, now: number): Step[] =>
  Array.from({ length: howMany }, (_, at) => {
    const place = samplePlaces[(at * 7) % samplePlaces.length]!
    const heldOn = addDays(today, -2 - Math.floor((howMany - 1 - at) * 1.4))
    const written = Math.min(instantOf(heldOn, '16:00') + chance.between(0, 90) * 60_000, now - 8 * hour)
    const record = derivedId('sample-activity', String(at))
    const begun = beginning(chance, place, heldOn, written, record)
    return [begun, ...afterwards(fates[at % fates.length]!, begun, now, chance)]
  }).flat()

const beginning = (chance: Chance, place: SamplePlace, heldOn: Day, at: number, record: RecordId): Step => {
  const north = isNorth(place.id)
  const author = staffNamed(chance.pick(north ? ['officer', 'officer3'] : ['officer2', 'officer4']))
  const node = nodeOf(place)
  const kind = chance.pick(sorts[node])
  return {
    at,
    by: author.id,
    device: (north ? tabletNorth : tabletSouth).id,
    kind: 'activity',
    record,
    set: {
      node,
      type: kind.type,
      place: place.id,
      heldOn,
      facilitator: author.name,
      ...headcounts(chance, node),
      rightsAreas: keyedSetOf(kind.areas),
      targetGroups: keyedSetOf(kind.groups),
      outcome: kind.outcome,
    },
  }
}

const headcounts = (chance: Chance, node: Node): Record<string, Json> => {
  const children = node === 'school' || node === 'joint'
  const fields = headcountFields.filter((name) => !name.endsWith('Other') && name.startsWith('under15') === children)
  return Object.fromEntries(fields.map((name) => [name, chance.between(children ? 12 : 0, children ? 38 : 14)]))
}

const afterwards = (fate: Fate, begun: Step, now: number, chance: Chance): Step[] => {
  const later = (hours: number) => Math.min(begun.at + hours * hour, now - hour / 2)
  const same = { device: begun.device, kind: 'activity', record: begun.record } as const
  const supervisor = staffNamed(chance.pick(['supervisor', 'supervisor2'])).id
  const approved: Step = {
    at: later(20),
    by: supervisor,
    device: laptop.id,
    kind: 'decision',
    record: derivedId('sample-decision', begun.record),
    set: (numberOf) => ({
      about: begun.record,
      verdict: 'approved',
      seen: numberOf(begun.record),
      decidedAt: later(20),
    }),
  }
  switch (fate) {
    case 'new':
      return []
    case 'approved':
      return [approved]
    case 'changed':
      return [approved, { ...same, at: later(26), by: begun.by, set: { outcome: 'แก้ไขหลังอนุมัติ: เพิ่มผลการติดตามรอบที่สอง' } }]
    case 'withdrawn':
      return [{ ...same, at: later(5), by: begun.by, set: { withdrawn: { reason: 'บันทึกซ้ำกับอีกเครื่อง' } } }]
    case 'returned':
      return [questionOn(begun, supervisor, later(18))]
    case 'answered':
      return [questionOn(begun, supervisor, later(18)), answerTo(begun, later(24))]
    case 'conflict':
      return twoCounts(begun, later(3))
  }
}

const questionOn = (begun: Step, by: Step['by'], at: number): Step => ({
  at,
  by,
  device: laptop.id,
  kind: 'question',
  record: derivedId('sample-question', begun.record),
  set: {
    about: begun.record,
    to: begun.by,
    toDevice: begun.device,
    field: 'outcome',
    text: 'ผลที่เกิดขึ้นมีการนัดติดตามเมื่อไร และใครเป็นผู้รับผิดชอบ',
  },
})

const answerTo = (begun: Step, at: number): Step => ({
  at,
  by: begun.by,
  device: begun.device,
  kind: 'question',
  record: derivedId('sample-question', begun.record),
  set: { answer: 'นัดติดตามวันประชุมหมู่บ้านเดือนหน้า ผู้ใหญ่บ้านเป็นผู้รับผิดชอบ', answeredAt: at, answeredBy: begun.by },
})

/** Two tablets counted again without knowing of each other. */
const twoCounts = (begun: Step, at: number): Step[] => {
  const field = Object.keys(begun.set).find((name) => name.endsWith('Female'))!
  const count = (value: number, device: Step['device'], when: number): Step => ({
    at: when,
    by: begun.by,
    device,
    kind: 'activity',
    record: begun.record,
    set: { [field]: value },
    knewAt: begun.at,
  })
  return [count(21, begun.device, at), count(24, tabletSpare.id, at + 5 * 60_000)]
}
