import { derivedId, type RecordId } from '#domain/kernel/id.ts'
import type { placeTypes } from '#domain/records/place.ts'

export interface SamplePlace {
  readonly id: RecordId
  readonly name: string
  readonly type: (typeof placeTypes)[number]
  readonly district: string
  readonly subdistrict: string
}

type Row = readonly [name: string, type: SamplePlace['type'], subdistrict: string]

/** Plainly invented: every name says that it is made up. Districts and sub-districts are real, so that maps and lists look right. */
const rows: readonly Row[] = [
  ['โรงเรียนบ้านดอยสมมติวิทยา', 'school', '500601'],
  ['โรงเรียนห้วยตัวอย่างราษฎร์อุปถัมภ์', 'school', '500702'],
  ['โรงเรียนทุ่งจำลองพิทยาคม', 'school', '501001'],
  ['โรงเรียนแม่สมมติศึกษา', 'school', '500301'],
  ['โรงเรียนสันตัวอย่างพัฒนา', 'school', '501301'],
  ['วัดดอยสมมติ', 'temple', '500601'],
  ['วัดห้วยตัวอย่าง', 'temple', '500702'],
  ['วัดทุ่งจำลองธรรมาราม', 'temple', '501001'],
  ['วัดป่านิทาน', 'temple', '500203'],
  ['วัดสันสมมติ', 'temple', '501401'],
  ['วัดเวียงตัวอย่าง', 'temple', '500101'],
  ['คริสตจักรดอยนิทาน', 'church', '500901'],
  ['มัสยิดทุ่งสมมติ', 'mosque', '500104'],
  ['ชุมชนบ้านดอยสมมติ หมู่ 4', 'home', '500601'],
  ['ชุมชนบ้านห้วยตัวอย่าง หมู่ 7', 'home', '500702'],
  ['ชุมชนบ้านทุ่งจำลอง หมู่ 2', 'home', '501001'],
  ['หย่อมบ้านผานิทาน', 'home', '500301'],
  ['ชุมชนบ้านสันตัวอย่าง หมู่ 1', 'home', '501301'],
  ['ชุมชนริมน้ำสมมติ', 'home', '500106'],
  ['บ้านปางจำลอง หมู่ 9', 'home', '500901'],
  ['ชุมชนป่าตัวอย่าง หมู่ 5', 'home', '500203'],
  ['บ้านหนองสมมติ หมู่ 3', 'home', '501401'],
  ['สำนักงานยุติธรรมจังหวัด (ตัวอย่าง)', 'agency', '500107'],
  ['ศูนย์ยุติธรรมชุมชนตำบลสมมติ', 'agency', '500601'],
]

export const samplePlaces: readonly SamplePlace[] = rows.map(([name, type, subdistrict], at) => ({
  id: derivedId('sample-place', String(at)),
  name,
  type,
  district: subdistrict.slice(0, 4),
  subdistrict,
}))

export const schools = samplePlaces.filter(({ type }) => type === 'school')
