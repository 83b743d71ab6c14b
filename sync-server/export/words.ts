import type { ReviewState } from '#domain/review.ts'

/** What a column shows of its field beside the field itself. */
export const suffixWords: Readonly<Record<string, string>> = { label: 'ชื่อ', 'buddhist-era': 'พ.ศ.' }
/** The plain column of a field that has a second one says what it is. */
export const plainWords: Readonly<Record<string, string>> = { label: 'รหัส', 'buddhist-era': 'ค.ศ.' }

export const reviewWords: Readonly<Record<ReviewState, string>> = {
  withdrawn: 'ถอนแล้ว',
  conflict: 'มีค่าขัดกัน',
  returned: 'ส่งกลับ',
  answered: 'ตอบแล้ว',
  'changed-since-approval': 'แก้หลังอนุมัติ',
  approved: 'อนุมัติแล้ว',
  new: 'ใหม่',
}

/** Of the first lines of a file, which say what it holds. */
export const coverWords = {
  what: 'ไฟล์นี้คือ',
  reader: 'ส่งออกโดย',
  at: 'ส่งออกเมื่อ',
  days: 'ช่วงวันที่ (ค.ศ.)',
  allDays: 'ทุกวัน',
  withdrawn: 'บันทึกที่ถอนแล้ว',
  personal: 'ข้อมูลส่วนบุคคล',
  included: 'รวมอยู่ด้วย',
  leftOut: 'ไม่รวม',
  rows: 'จำนวนแถว',
  people: 'จำนวนคนที่เกี่ยวข้อง',
} as const

export const commonWords = {
  guest: 'วิทยากรรับเชิญ',
  record: 'รหัสบันทึก',
  review: 'สถานะการตรวจทาน',
  conflicts: 'ช่องที่มีค่าขัดกัน',
  author: 'ผู้บันทึก',
  writtenAt: 'บันทึกเมื่อ (ค.ศ.)',
  writtenOn: 'บันทึกเมื่อ (พ.ศ.)',
  withdrawn: 'เหตุผลที่ถอน',
} as const
