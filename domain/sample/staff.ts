import { type DeviceId, derivedId, type StaffId } from '#domain/kernel/id.ts'
import type { Role } from '#domain/roles.ts'
import { samplePlaces } from './places.ts'
import type { SampleDevice } from './step.ts'

export interface SampleStaff {
  readonly id: StaffId
  readonly username: string
  readonly name: string
  readonly position: string
  readonly roles: readonly Role[]
  /** By index of `samplePlaces`; all of the province when absent. */
  readonly places?: readonly number[]
}

type Row = readonly [
  username: string,
  name: string,
  position: string,
  roles: readonly Role[],
  places?: readonly number[],
]

const north = [0, 1, 3, 5, 6, 11, 13, 14, 16, 19, 23]
const south = [2, 4, 7, 8, 9, 10, 12, 15, 17, 18, 20, 21, 22]

const rows: readonly Row[] = [
  ['admin', 'อารี สมมติระบบ', 'ผู้ดูแลระบบ', ['administrator']],
  ['supervisor', 'วิมล สมมติตรวจ', 'ผู้อำนวยการกลุ่มงาน', ['supervisor', 'desk']],
  ['supervisor2', 'ธนา ตัวอย่างทาน', 'นักวิชาการยุติธรรมชำนาญการ', ['supervisor', 'desk']],
  ['officer', 'ปราณี ตัวอย่างเพียร', 'นักวิชาการยุติธรรม', ['officer'], north],
  ['officer2', 'สมชาติ จำลองกิจ', 'เจ้าพนักงานยุติธรรม', ['officer'], south],
  ['officer3', 'นุชรี สมมติงาน', 'เจ้าหน้าที่ศูนย์ยุติธรรมชุมชน', ['officer'], north],
  ['officer4', 'เอกพล นิทานดี', 'เจ้าหน้าที่ศูนย์ยุติธรรมชุมชน', ['officer'], south],
  ['trainer', 'กมล จำลองสอน', 'วิทยากรสิทธิมนุษยชน', ['trainer', 'officer'], north],
  ['trainer2', 'จันทร์เพ็ญ ตัวอย่างครู', 'วิทยากรสิทธิมนุษยชน', ['trainer'], south],
  ['trainer3', 'พระมหาสมมติ นิทานวโร', 'พระวิทยากร', ['trainer'], [...north, ...south]],
  ['observer', 'ลลิตา สมมติกรม', 'ผู้สังเกตการณ์ส่วนกลาง', ['observer']],
]

export const sampleStaff: readonly SampleStaff[] = rows.map(([username, name, position, roles, places]) => ({
  id: derivedId('sample-staff', username),
  username,
  name,
  position,
  roles,
  ...(places && { places }),
}))

export const staffNamed = (username: string): SampleStaff => sampleStaff.find((one) => one.username === username)!

const device = (key: string, name: string, people: readonly string[]): SampleDevice => ({
  id: derivedId('sample-device', key) as string as DeviceId,
  name,
  people: people.map((username) => staffNamed(username).id),
})

export const tabletNorth = device('north', 'แท็บเล็ตสายเหนือ 1', ['officer', 'officer3', 'trainer', 'trainer3'])
export const tabletSpare = device('spare', 'แท็บเล็ตสำรอง', ['officer', 'officer2', 'officer3', 'officer4'])
export const tabletSouth = device('south', 'แท็บเล็ตสายใต้ 1', ['officer2', 'officer4', 'trainer2', 'trainer3'])
export const laptop = device('laptop', 'โน้ตบุ๊กผู้ตรวจทาน', ['supervisor', 'supervisor2'])
export const deskLaptop = device('desk', 'โน้ตบุ๊กศูนย์รับเรื่อง', ['supervisor2'])
export const sampleDevices = [tabletNorth, tabletSpare, tabletSouth, laptop, deskLaptop]

export const worksAt = (staff: SampleStaff, place: string): boolean =>
  !staff.places || staff.places.some((at) => samplePlaces[at]!.id === place)

export const isNorth = (place: string): boolean => north.some((at) => samplePlaces[at]!.id === place)
