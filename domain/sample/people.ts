import { type RecordId, studentId } from '#domain/kernel/id.ts'
import type { Chance } from './chance.ts'
import { schools } from './places.ts'

export interface SamplePerson {
  readonly id: RecordId
  readonly place: RecordId
  readonly set: Readonly<Record<string, string>>
}

const girls = [
  ...['กานดา', 'ขวัญข้าว', 'จันทร์จิรา', 'ชลธิชา', 'ณัฐกานต์', 'ดาริกา', 'ทิพย์ธิดา', 'นฤมล', 'บุษบา', 'ปภาวี'],
  ...['พิมพ์ชนก', 'ภัทรา', 'มณีรัตน์', 'รุ่งทิวา', 'วรรณิดา', 'ศิริพร', 'สุธิดา', 'อรทัย', 'หมวยแก้ว', 'นางลี'],
]
const boys = [
  ...['กฤษณะ', 'ขจร', 'จักรพันธ์', 'ชานนท์', 'ณัฐวุฒิ', 'เดชา', 'ทรงพล', 'ธีรภัทร', 'นพดล', 'ปิยะ'],
  ...['พงศกร', 'ภูริ', 'มานพ', 'รัชชานนท์', 'วีรยุทธ', 'ศุภชัย', 'สิทธิชัย', 'อานนท์', 'อาเปา', 'จะสือ'],
]
/** Every family name says that its bearer is made up. */
const families = [
  ...['สมมติสุข', 'ตัวอย่างดี', 'จำลองวงศ์', 'นิทานแก้ว', 'สมมติใจ', 'ตัวอย่างไพร', 'จำลองคำ', 'นิทานทอง'],
  ...['สมมติเวียง', 'ตัวอย่างธรรม', 'จำลองศรี', 'นิทานป่า', 'สมมติยั่งยืน', 'ตัวอย่างมาลา', 'จำลองนา', 'นิทานหลวง'],
]
const nicknames = ['มะลิ', 'ฟ้า', 'ต้นกล้า', 'ข้าวหอม', 'น้ำอุ่น', 'ภู', 'หมอก', 'ใบตอง', 'ปุยฝ้าย', 'ดิน', 'แก้ม', 'เหนือ']
const grades = ['ม.1/1', 'ม.1/2', 'ม.2/1', 'ม.3/1']

const classSize = 41

/** A class of each school, with student numbers, so that the same list imported again meets the same people. */
export const samplePeople = (chance: Chance, provinceKey: Uint8Array): SamplePerson[] =>
  schools.flatMap((school, at) =>
    Array.from({ length: classSize }, (_, seat): SamplePerson => {
      const isGirl = chance.whole(2) === 0
      const number = String(20_000 + at * 1000 + seat + 1)
      return {
        id: studentId(provinceKey, school.id, number),
        place: school.id,
        set: {
          place: school.id,
          title: isGirl ? 'ด.ญ.' : 'ด.ช.',
          givenName: chance.pick(isGirl ? girls : boys),
          familyName: chance.pick(families),
          ...(chance.whole(3) > 0 && { nickname: chance.pick(nicknames) }),
          number,
          grade: grades[at % grades.length]!,
          seat: String(seat + 1),
        },
      }
    }),
  )
