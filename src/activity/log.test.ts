import { describe, expect, it } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { lastOf, prefill } from './like-last-time.ts'
import { type Activity, byMonth, countByNode, found, newestFirst, peopleOf } from './log.ts'

const id = () => newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length)))
const [me, colleague, temple, school] = [id(), id(), id(), id()]

const held = (values: Activity['values'], more: { author?: RecordId; at?: number; withdrawn?: boolean } = {}) =>
  ({
    id: id(),
    kind: 'activity',
    values,
    created: { seq: 1, n: 1, device: 'd', author: more.author ?? me, at: more.at ?? 0 },
    withdrawn: more.withdrawn ? { reason: 'ซ้ำ' } : null,
  }) as unknown as Activity

describe('the log', () => {
  const june = held({ heldOn: '2026-06-16', node: 'temple', under15Female: 4, from60Male: 9 }, { at: 5 })
  const juneLater = held({ heldOn: '2026-06-16', node: 'home' }, { at: 9 })
  const may = held({ heldOn: '2026-05-31', node: 'temple' })
  const never = held({ node: 'school' })
  const all = [never, may, june, juneLater]

  it('shows the newest day first, and on one day what was begun last', () => {
    expect(newestFirst(all)).toEqual([juneLater, june, may, never])
  })

  it('parts the months, and what has no day comes last', () => {
    expect(byMonth(newestFirst(all)).map(({ month, activities }) => [month, activities.length])).toEqual([
      ['2026-06', 2],
      ['2026-05', 1],
      ['', 1],
    ])
  })

  it('counts people over all bands, and activities by node', () => {
    expect(peopleOf(june)).toBe(13)
    expect(peopleOf(never)).toBe(0)
    expect(countByNode(all)).toEqual({ all: 4, home: 1, temple: 2, school: 1, joint: 0 })
  })

  it('finds by node and by every word, whatever digits were typed', () => {
    const words = (one: Activity) => (one === june ? 'ศูนย์ไกล่เกลี่ยในวัด วัดดอยคำหลวง หมู่ 3' : 'อื่น')
    expect(found(all, { node: 'temple', text: '' }, words)).toEqual([may, june])
    expect(found(all, { node: 'all', text: 'ดอยคำ หมู่ ๓' }, words)).toEqual([june])
    expect(found(all, { node: 'home', text: 'ดอยคำ' }, words)).toEqual([])
  })
})

describe('like last time', () => {
  const atTemple = held({ heldOn: '2026-06-01', place: temple })
  const atSchool = held({ heldOn: '2026-06-09', place: school })
  const others = held({ heldOn: '2026-06-12', place: temple }, { author: colleague })
  const withdrawn = held({ heldOn: '2026-06-11', place: school }, { withdrawn: true })
  const all = [atTemple, atSchool, others, withdrawn]

  it('is one’s own newest that still counts, at the place that was chosen if there is one', () => {
    expect(lastOf(all, me)).toBe(atSchool)
    expect(lastOf(all, me, temple)).toBe(atTemple)
    expect(lastOf(all, me, id())).toBe(atSchool)
    expect(lastOf(all, id())).toBeUndefined()
  })

  const last = {
    node: 'temple',
    type: 'T2',
    place: temple,
    heldOn: '2026-06-01',
    facilitator: 'พระครูตัวอย่าง',
    rightsAreas: { LAND: { on: true } },
    from25Female: 21,
    outcome: 'ตกลงกันได้',
  } as const
  const began = { heldOn: '2026-06-16', facilitator: 'ฉันเอง' } as const

  it('never takes over who came, what came of it, or the day', () => {
    expect(prefill(last, began, began)).toEqual({
      node: 'temple',
      type: 'T2',
      place: temple,
      facilitator: 'พระครูตัวอย่าง',
      rightsAreas: { LAND: { on: true } },
    })
  })

  it('leaves what the person has answered, and no type goes to another node', () => {
    const now = { ...began, node: 'home', facilitator: 'ผู้ใหญ่บ้าน', place: school } as const
    expect(prefill(last, now, began)).toEqual({ rightsAreas: { LAND: { on: true } } })
  })

  it('has nothing to fill when all is as it was', () => {
    expect(prefill(last, last, began)).toEqual({})
  })
})
