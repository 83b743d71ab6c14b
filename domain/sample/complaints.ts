import type { IntakeAnswers } from '#domain/complaint/content.ts'
import { type DeviceId, derivedId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { staffNamed, tabletNorth, tabletSouth } from './staff.ts'

export interface SampleComplaint {
  readonly record: RecordId
  readonly part: string
  readonly author: StaffId
  readonly device: DeviceId
  readonly takenAt: number
  readonly number: string
  readonly answers: IntakeAnswers
  /** What the desk has made of it; new where absent. */
  readonly state?: string
  /** Days from today on which the desk wants to look again. */
  readonly nextIn?: number
  readonly note?: string
  /** Why the case ended. */
  readonly reason?: string
  /** What a colleague decided meanwhile, without having seen the first decision. */
  readonly meanwhile?: { readonly state: string; readonly nextIn: number }
}

type Told = Pick<SampleComplaint, 'answers' | 'state' | 'nextIn' | 'note' | 'reason' | 'meanwhile'> & {
  readonly daysAgo: number
  readonly north: boolean
}

const consent = { noticeVersion: '2026-11', consentToSend: true, consentSensitive: true } as const

/** Plainly invented: every name and place says so. */
const stories: readonly Told[] = [
  {
    daysAgo: 24,
    north: true,
    answers: {
      ...consent,
      safety: 'safe',
      mode: 'named',
      name: 'นางสมมติ ตัวอย่างร้อง',
      contact: 'ฝากข้อความที่ผู้ใหญ่บ้านสมมติ',
      what: 'ยื่นคำขอแก้ไขรายการทะเบียนไว้แปดเดือนแล้ว ไปถามทุกเดือนได้คำตอบว่าให้รอ ลูกจึงสมัครสอบไม่ได้ (เรื่องตัวอย่าง)',
      district: '5006',
      where: 'ที่ว่าการอำเภอ (ตัวอย่าง)',
      when: 'ตั้งแต่ต้นปี',
      respondent: 'หน่วยทะเบียน (ตัวอย่าง)',
      category: 'STATUS',
      wish: 'อยากทราบว่าคำขออยู่ขั้นตอนใด และเสร็จเมื่อไร',
    },
    state: 'referred',
    nextIn: 6,
    note: 'ส่งต่อฝ่ายทะเบียนแล้ว นัดขอความคืบหน้าสัปดาห์หน้า (บันทึกตัวอย่าง)',
  },
  {
    daysAgo: 11,
    north: false,
    answers: {
      ...consent,
      safety: 'unsure',
      mode: 'confidential',
      safeContact: 'โทรได้เฉพาะวันพระช่วงเช้า',
      language: 'ไทใหญ่',
      what: 'นายจ้างยึดเอกสารประจำตัวและจ่ายค่าแรงไม่ครบสองเดือน คนงานหกคนไม่กล้าพูด (เรื่องตัวอย่าง)',
      district: '5010',
      where: 'สวนแห่งหนึ่ง (ตัวอย่าง)',
      category: 'LABOUR',
      wish: 'ขอเอกสารคืนและค่าแรงที่ค้าง',
    },
    state: 'accepted',
    nextIn: 2,
    note: 'นัดล่ามภาษาไทใหญ่แล้ว โทรกลับวันพระหน้า (บันทึกตัวอย่าง)',
  },
  {
    daysAgo: 5,
    north: true,
    answers: {
      ...consent,
      safety: 'safe',
      mode: 'anonymous',
      what: 'ร้านค้าติดป้ายไม่รับคนจากหมู่บ้านหนึ่งเข้าร้าน (เรื่องตัวอย่าง)',
      district: '5007',
      category: 'DISCRIM',
      wish: 'อยากให้ปลดป้ายและพูดคุยกัน',
    },
    state: 'screening',
    nextIn: 4,
    meanwhile: { state: 'mediating', nextIn: 1 },
  },
  {
    daysAgo: 2,
    north: false,
    answers: {
      ...consent,
      safety: 'safe',
      mode: 'confidential',
      contact: 'ผ่านครูประจำชั้น',
      what: 'เด็กถูกเพื่อนถ่ายคลิปล้อเลียนและส่งต่อในกลุ่ม ครูทราบแล้วแต่คลิปยังอยู่ (เรื่องตัวอย่าง)',
      district: '5013',
      where: 'โรงเรียนสันตัวอย่างพัฒนา',
      category: 'CHILD',
      wish: 'ขอให้ลบคลิปและดูแลเด็ก',
    },
  },
  {
    daysAgo: 1,
    north: true,
    answers: {
      ...consent,
      safety: 'unsafe',
      mode: 'anonymous',
      what: 'มีคนถูกควบคุมตัวไปตั้งแต่เมื่อวาน ญาติยังไม่ทราบว่าอยู่ที่ใด (เรื่องตัวอย่าง)',
      district: '5001',
      category: 'TORTURE',
      wish: 'ขอให้ช่วยหาว่าอยู่ที่ไหนโดยเร็ว',
    },
  },
  {
    daysAgo: 16,
    north: false,
    answers: {
      ...consent,
      safety: 'unsure',
      mode: 'confidential',
      safeContact: 'ผ่านครูแนะแนว เฉพาะเวลาเรียน',
      what: 'เด็กถูกตีจนมีรอยช้ำหลายครั้ง ผู้ใหญ่บอกให้คุยกันเอง (เรื่องตัวอย่าง)',
      district: '5013',
      where: 'หอพักตัวอย่าง',
      category: 'CHILD-VIOLENCE',
      wish: 'ขอให้เด็กปลอดภัย',
    },
    // as a program without the rule let it be: the desk sees that it does not stand
    state: 'mediating',
    nextIn: -3,
  },
  {
    daysAgo: 30,
    north: true,
    answers: {
      ...consent,
      safety: 'safe',
      mode: 'named',
      name: 'นายสมมติ ตัวอย่างจบ',
      contact: 'โทรศัพท์บ้าน (ตัวอย่าง)',
      what: 'ถนนเข้าหมู่บ้านถูกปิด รถพยาบาลเข้าไม่ได้ (เรื่องตัวอย่าง)',
      district: '5007',
      category: 'COMMUNITY',
      wish: 'ขอให้เปิดทาง',
    },
    state: 'closed',
    reason: 'เปิดทางแล้วตั้งแต่วันที่ลงพื้นที่ ผู้ร้องยืนยันทางโทรศัพท์ (เหตุผลตัวอย่าง)',
  },
]

const hour = 3_600_000
/** Two have the same, as it may happen; the oldest slips have twelve signs. */
const numbers = ['AB2C3D4E5F6G', 'HJ7K', 'ST3U', 'ZA8B', 'GH5J', 'HJ7K', 'QR4S5T6U7V8W']

/** What people told at the intakes of the invented province, as it is before sealing. */
export const sampleComplaints = (now: number): SampleComplaint[] =>
  stories.map(({ daysAgo, north, ...told }, at) => ({
    record: derivedId('sample-complaint', String(at)),
    part: derivedId('sample-complaint-part', String(at)),
    author: staffNamed(north ? 'officer' : 'officer2').id,
    device: (north ? tabletNorth : tabletSouth).id,
    takenAt: now - daysAgo * 24 * hour - (at % 3) * hour,
    number: numbers[at]!,
    ...told,
  }))
