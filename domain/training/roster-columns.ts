import { searchKey } from '#domain/kernel/thai-text.ts'

export type RosterField = 'title' | 'givenName' | 'familyName' | 'fullName' | 'nickname' | 'number' | 'grade' | 'seat'

/** Which column (from 0) holds which field. */
export type RosterMapping = Partial<Record<RosterField, number>>

// A citizen's number (เลขประจำตัวประชาชน) is left out on purpose: a roster does not need it.
const HEADERS: Record<RosterField, readonly string[]> = {
  title: ['คำนำหน้า', 'คำนำหน้าชื่อ', 'คำนำหน้านาม', 'title', 'prefix'],
  givenName: ['ชื่อ', 'ชื่อจริง', 'ชื่อตัว', 'given name', 'first name', 'name'],
  familyName: ['นามสกุล', 'สกุล', 'ชื่อสกุล', 'family name', 'last name', 'surname'],
  fullName: ['ชื่อ-นามสกุล', 'ชื่อ-สกุล', 'ชื่อและนามสกุล', 'ชื่อเต็ม', 'full name', 'student name'],
  nickname: ['ชื่อเล่น', 'nickname'],
  number: [
    'เลขประจำตัวนักเรียน',
    'รหัสนักเรียน',
    'รหัสประจำตัวนักเรียน',
    'เลขประจำตัว',
    'student id',
    'student no',
    'student number',
    'id',
  ],
  grade: ['ชั้น', 'ชั้นเรียน', 'ระดับชั้น', 'ห้อง', 'grade', 'class'],
  seat: ['เลขที่', 'ที่', 'ลำดับ', 'ลำดับที่', 'no', 'number'],
}

const headerKey = (text: string) => searchKey(text).replace(/[.:*#()_/]/g, '')

const fieldByHeader = new Map(
  Object.entries(HEADERS).flatMap(([field, names]) => names.map((name) => [headerKey(name), field as RosterField])),
)

/** Guesses from a line of headers, Thai or English, which column is which; the first column of a kind is taken. */
export function guessMapping(headers: readonly string[]): RosterMapping {
  const mapping: RosterMapping = {}
  headers.forEach((header, column) => {
    const field = fieldByHeader.get(headerKey(header))
    if (field) mapping[field] ??= column
  })
  const { givenName, ...others } = mapping
  // A lone ชื่อ (name) without a family-name column holds the whole name.
  if (givenName !== undefined && mapping.familyName === undefined && mapping.fullName === undefined) {
    return { ...others, fullName: givenName }
  }
  return mapping
}
