import type { recordKinds } from '#domain/records/index.ts'
import type { ReviewState } from '#domain/review.ts'

type Kinds = (typeof recordKinds)[number]
type FieldWords = { readonly [K in Kinds as K['kind']]: { readonly [F in keyof K['fields']]: string } }

/** Headings of columns, in the words of the screens. A field without its word does not compile. */
export const fieldWords: FieldWords = {
  place: { name: 'ชื่อสถานที่', type: 'ประเภทสถานที่', district: 'อำเภอ', subdistrict: 'ตำบล', code: 'รหัสในทะเบียน' },
  person: {
    place: 'สถานที่',
    title: 'คำนำหน้า',
    givenName: 'ชื่อ',
    familyName: 'นามสกุล',
    nickname: 'ชื่อเล่น',
    number: 'เลขประจำตัว',
    grade: 'ชั้น',
    seat: 'เลขที่',
  },
  staff: {
    name: 'ชื่อ',
    position: 'ตำแหน่ง',
    roles: 'บทบาท',
    places: 'สถานที่ที่รับผิดชอบ',
    wholeProvince: 'รับผิดชอบทั้งจังหวัด',
    active: 'ยังปฏิบัติงาน',
  },
  'training-session': {
    place: 'สถานที่',
    heldOn: 'วันที่',
    startsAt: 'เริ่ม',
    endsAt: 'เลิก',
    title: 'หัวข้อ',
    audience: 'กลุ่มผู้เรียน',
    modules: 'หน่วยการเรียนรู้',
    trainers: 'วิทยากร',
    state: 'สถานะรอบ',
    note: 'หมายเหตุ',
  },
  attendance: { session: 'รอบอบรม', person: 'ผู้เข้าอบรม', marks: 'เวลาเข้าและออก' },
  activity: {
    node: 'เสาหลัก',
    type: 'ทำอะไร',
    place: 'สถานที่',
    heldOn: 'วันที่',
    facilitator: 'ผู้ดำเนินกิจกรรม',
    under15Female: 'เด็กต่ำกว่า 15 ปี หญิง',
    under15Male: 'เด็กต่ำกว่า 15 ปี ชาย',
    under15Other: 'เด็กต่ำกว่า 15 ปี อื่น ๆ/ไม่ระบุ',
    from15Female: 'เยาวชน 15–24 ปี หญิง',
    from15Male: 'เยาวชน 15–24 ปี ชาย',
    from15Other: 'เยาวชน 15–24 ปี อื่น ๆ/ไม่ระบุ',
    from25Female: 'ผู้ใหญ่ 25–59 ปี หญิง',
    from25Male: 'ผู้ใหญ่ 25–59 ปี ชาย',
    from25Other: 'ผู้ใหญ่ 25–59 ปี อื่น ๆ/ไม่ระบุ',
    from60Female: 'ผู้สูงอายุ 60 ปีขึ้นไป หญิง',
    from60Male: 'ผู้สูงอายุ 60 ปีขึ้นไป ชาย',
    from60Other: 'ผู้สูงอายุ 60 ปีขึ้นไป อื่น ๆ/ไม่ระบุ',
    rightsAreas: 'เรื่องสิทธิใด',
    targetGroups: 'กลุ่มเป้าหมาย',
    nhrpAreas: 'ด้านตามแผนสิทธิมนุษยชนแห่งชาติ',
    napAreas: 'ด้านตามแผนธุรกิจกับสิทธิมนุษยชน',
    outcome: 'ผลที่ได้',
  },
  complaint: { desk: 'ศูนย์รับเรื่อง', receivedOn: 'วันที่รับเรื่อง', parts: 'ซองปิดผนึก' },
  case: { complaint: 'เรื่องร้องเรียน', state: 'สถานะเรื่อง', nextOn: 'วันนัดถัดไป', notes: 'บันทึกของศูนย์' },
  question: {
    about: 'บันทึกที่ถามถึง',
    to: 'ถึง',
    toDevice: 'เครื่องที่บันทึก',
    field: 'ช่องที่ถามถึง',
    text: 'คำถาม',
    answer: 'คำตอบ',
    answeredAt: 'ตอบเมื่อ',
    answeredBy: 'ผู้ตอบ',
  },
  decision: {
    about: 'บันทึกที่ตรวจ',
    verdict: 'ผล',
    seen: 'เลขที่ที่ตรวจ',
    epoch: 'ชุดเลขที่',
    note: 'หมายเหตุ',
    decidedAt: 'ตรวจเมื่อ',
  },
  'code-list': { name: 'ชื่อรายการ', note: 'หมายเหตุ', items: 'รหัส' },
  curriculum: {
    name: 'ชื่อหลักสูตร',
    audience: 'กลุ่มผู้เรียน',
    thresholdMinutes: 'นาทีที่ต้องครบ',
    requireAllModules: 'ต้องเรียนครบทุกหน่วย',
    modules: 'หน่วยการเรียนรู้',
  },
}

/** By `choiceList`: the words of values that the program itself distinguishes. */
export const choiceWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'place.type': {
    home: 'บ้าน/ชุมชน',
    temple: 'วัด',
    church: 'โบสถ์คริสต์',
    mosque: 'มัสยิด',
    school: 'โรงเรียน',
    agency: 'หน่วยงาน',
    prison: 'เรือนจำ/สถานควบคุม',
    online: 'ออนไลน์',
  },
  'activity.node': { home: 'บ้าน', temple: 'วัด/ศาสนสถาน', school: 'โรงเรียน', joint: 'ร่วมบวร' },
  'training-session.state': { open: 'เปิดอยู่', closed: 'ปิดแล้ว' },
  'decision.verdict': { approved: 'รับรอง', revoked: 'ยกเลิกการรับรอง' },
}

/** What a column shows of its field beside the field itself. */
export const suffixWords: Readonly<Record<string, string>> = { label: 'ชื่อ', 'buddhist-era': 'พ.ศ.' }
/** The plain column of a field that has a second one says what it is. */
export const plainWords: Readonly<Record<string, string>> = { label: 'รหัส', 'buddhist-era': 'ค.ศ.' }

export const reviewWords: Readonly<Record<ReviewState, string>> = {
  withdrawn: 'ถอนแล้ว',
  conflict: 'มีค่าขัดกัน',
  returned: 'ส่งกลับ',
  answered: 'ตอบแล้ว',
  'changed-since-approval': 'แก้ไขหลังรับรอง',
  approved: 'รับรองแล้ว',
  new: 'ใหม่',
}

export const commonWords = {
  record: 'รหัสบันทึก',
  review: 'สถานะการตรวจทาน',
  conflicts: 'ช่องที่มีค่าขัดกัน',
  author: 'ผู้บันทึก',
  writtenAt: 'บันทึกเมื่อ (ค.ศ.)',
  writtenOn: 'บันทึกเมื่อ (พ.ศ.)',
  withdrawn: 'เหตุผลที่ถอน',
} as const
