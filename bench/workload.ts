import { createHash } from 'node:crypto'
import { type Change, changeLine, type FieldSet } from '#domain/change.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { ServerTablet } from '#test/support/server.ts'

/** The workload of the peers' figures: records of 15 fields with Thai text, about 1 kB as JSON each, the same in every run. */

const words = [
  ...['สิทธิมนุษยชน', 'ชุมชน', 'นักเรียน', 'ผู้ปกครอง', 'วัด', 'โรงเรียน', 'กิจกรรม', 'แลกเปลี่ยน', 'ความเท่าเทียม', 'เด็ก'],
  ...['ผู้สูงอายุ', 'ร่วมกัน', 'ข้อตกลง', 'ปัญหา', 'แนวทาง', 'ดูแล', 'อบรม', 'เจ้าหน้าที่', 'จังหวัด', 'อำเภอ', 'ตำบล', 'หมู่บ้าน'],
]
const codes = ['CHILD', 'EDU', 'HEALTH', 'LAND', 'STATUS', 'PRIVACY', 'GENDER', 'DISCRIM']

/** A small generator with a seed, so that every run writes the same text. */
const chances = (seed: number) => {
  let state = seed >>> 0 || 1
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

const idOf = (name: string) => {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  return bytes.toString('base64url') as RecordId
}

const fieldsOf = (index: number, place: string): FieldSet => {
  const pick = chances(index * 2_654_435_761 + 1)
  const sentence = (length: number) => Array.from({ length }, () => words[pick(words.length)]).join('')
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, () => [codes[pick(8)]!, { on: true }]))
  return {
    node: (['home', 'temple', 'school', 'joint'] as const)[pick(4)]!,
    type: `S${1 + pick(8)}`,
    place,
    heldOn: `2026-${String(1 + pick(12)).padStart(2, '0')}-${String(1 + pick(28)).padStart(2, '0')}`,
    facilitator: sentence(3),
    under15Female: pick(40),
    under15Male: pick(40),
    from15Female: pick(30),
    from25Female: pick(30),
    from25Male: pick(30),
    rightsAreas: tags(2),
    targetGroups: tags(2),
    nhrpAreas: tags(1),
    napAreas: tags(1),
    outcome: sentence(23),
  }
}

const begunAt = Date.UTC(2026, 10, 2, 2)

const change = (tablet: ServerTablet, n: number, record: RecordId, set: FieldSet, base?: Change['base']): string =>
  changeLine({
    n,
    author: tablet.officer,
    at: begunAt + n * 1000,
    seen: 0,
    kind: 'activity',
    v: 1,
    record,
    ...(base && { base }),
    set,
  })

const recordId = (tablet: number, index: number) => idOf(`${tablet}/${index}`)

/** The new records of one tablet, as lines. */
export const newRecords = (tablets: readonly ServerTablet[], tablet: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const one = tablets[tablet]!
    return change(one, i + 1, recordId(tablet, i), fieldsOf(tablet * 1_000_000 + i, one.place))
  })

/** One field of each of these records altered; the numbers go on after the tablet's own records. */
export const oneFieldEdits = (tablet: ServerTablet, own: number, count: number, base: NonNullable<Change['base']>) =>
  Array.from({ length: count }, (_, i) =>
    change(tablet, own + i + 1, recordId(0, i), { from25Female: 50 + (i % 40) }, base),
  )
