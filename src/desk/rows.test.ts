import { describe, expect, it } from 'vitest'
import { type Day, isDay } from '#domain/kernel/day.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { comingTo, reasonGiven } from './case/decision.ts'
import { deskWaits } from './clear-facts.ts'
import type { OpenedPart } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'
import { type CaseView, caseId, inboxRows, isOngoing, matches } from './rows.ts'

const id = () => newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length)))
const day = (text: string): Day => {
  if (!isDay(text)) throw new Error(text)
  return text
}
const today = day('2026-11-23')

const complaint = (receivedOn: string, keys = ['a']) =>
  ({
    id: id(),
    values: { receivedOn, parts: Object.fromEntries(keys.map((key) => [key, { on: true }])) },
  }) as unknown as ComplaintView
const caseOf = (
  view: ComplaintView,
  values: { state?: string; nextOn?: string; notes?: object },
  conflicts: object = {},
) => ({ id: caseId(view.id), values: { complaint: view.id, ...values }, conflicts }) as unknown as CaseView
const told = (view: ComplaintView, answers: object, number = '7K4P'): [string, OpenedPart[]] => [
  view.id,
  [
    {
      key: 'a',
      state: 'open',
      envelope: 'e',
      part: {
        format: 1,
        record: view.id,
        part: 'a',
        number,
        author: id(),
        device: id(),
        takenAt: 1,
        list: 1,
        finished: true,
        answers,
      },
    },
  ],
]
const rowsOf = (complaints: ComplaintView[], cases: CaseView[] = [], opened: [string, OpenedPart[]][] = []) =>
  inboxRows(complaints, cases, new Map(opened), (code) => code === 'TORTURE', today)

describe('the inbox of the desk', () => {
  it('puts danger first, then what is overdue, then the newest, and what has ended last', () => {
    const [old, fresh, late, danger, torture, ended] = [
      complaint('2026-10-01'),
      complaint('2026-11-20'),
      complaint('2026-10-02'),
      complaint('2026-09-01'),
      complaint('2026-09-02'),
      complaint('2026-11-22'),
    ] as const
    const rows = rowsOf(
      [old, fresh, late, danger, torture, ended],
      [
        caseOf(late, { state: 'screening', nextOn: '2026-11-20' }),
        caseOf(ended, { state: 'closed', nextOn: '2026-11-01' }),
      ],
      [told(danger, { safety: 'unsafe' }), told(torture, { category: 'TORTURE' })],
    )
    expect(rows.map(({ view }) => view.id)).toEqual([torture, danger, late, fresh, old, ended].map((one) => one.id))
    expect(rows.find(({ view }) => view === late)?.late).toBe(3)
    expect(rows.find(({ view }) => view === ended)?.late).toBe(0)
  })

  it('calls a complaint closed again when a part arrived that nobody has opened', () => {
    const view = complaint('2026-11-20', ['a', 'b'])
    expect(rowsOf([view], [], [told(view, {})])[0]?.summary).toBeNull()
  })

  it('calls a complaint closed again when what did not open was sealed again, and leaves open what was open', () => {
    const view = complaint('2026-11-20')
    const refused = (envelope: string): [string, OpenedPart[]] => [
      view.id,
      [{ key: 'a', state: 'not-for-you', envelope }],
    ]
    const sealed = {
      ...view,
      values: { ...view.values, parts: { a: { on: true, envelope: 'again' } } },
    } as ComplaintView
    expect(rowsOf([sealed], [], [refused('first')])[0]?.summary).toBeNull()
    expect(rowsOf([sealed], [], [refused('again')])[0]?.summary).toMatchObject({ readable: false })
    expect(rowsOf([sealed], [], [told(view, {})])[0]?.summary).toMatchObject({ readable: true })
  })

  it('finds what was opened by its words or by the number on the slip, and nothing that is sealed', () => {
    const [open, same, older, sealed] = [
      complaint('2026-11-20'),
      complaint('2026-11-19'),
      complaint('2026-11-18'),
      complaint('2026-11-21'),
    ] as const
    const rows = rowsOf(
      [open, same, older, sealed],
      [],
      [told(open, { what: 'ถูกไล่ที่ริมน้ำ' }), told(same, {}), told(older, {}, 'ABCD29XD7K4P')],
    )
    const found = (text: string) => rows.filter((row) => matches(row, text, () => 'ที่ดิน')).map(({ view }) => view.id)
    expect(found('ริมน้ำ')).toEqual([open.id])
    expect(found('ที่ดิน')).toHaveLength(3)
    // several slips may have one number, and the first ones are found by any of their groups
    expect(found('7k4p')).toEqual([open.id, same.id, older.id])
    expect(found('abcd-29xd')).toEqual([older.id])
    expect(found('ไม่มีคำนี้')).toEqual([])
    expect(found(' ')).toHaveLength(4)
  })
})

describe('a decision that the rule refuses', () => {
  const reason = { notes: { n: { on: true, reasonFor: 'closed' } } }

  it('is marked once the envelope is open, stands above what is late, and is not put away as ended', () => {
    const [mediated, closed, fine, late] = [
      complaint('2026-10-01'),
      complaint('2026-10-02'),
      complaint('2026-10-03'),
      complaint('2026-10-04'),
    ] as const
    const cases = [
      caseOf(mediated, { state: 'mediating' }),
      caseOf(closed, { state: 'closed' }),
      caseOf(fine, { state: 'closed', ...reason }),
      caseOf(late, { state: 'screening', nextOn: '2026-11-20' }),
    ]
    const all = [mediated, closed, fine, late]
    const opened = all.map((view) => told(view, { category: 'CHILD-VIOLENCE' }))
    const rows = rowsOf(all, cases, opened)
    expect(rows.map(({ view, fault }) => [view.id, fault])).toEqual([
      [closed.id, 'no-reason'],
      [mediated.id, 'mediation'],
      [late.id, null],
      [fine.id, null],
    ])
    expect(rows.filter(isOngoing).map(({ view }) => view.id)).toEqual([closed.id, mediated.id, late.id])
    expect(rowsOf(all, cases).every(({ fault }) => fault === null)).toBe(true)
  })

  it('goes by every category that was named, and by none while a part is sealed to others', () => {
    const view = complaint('2026-10-01', ['a', 'b'])
    const [, parts] = told(view, { category: 'TORTURE' })
    const later = {
      ...parts[0]!,
      key: 'b',
      part: { ...(parts[0] as { part: object }).part, answers: { category: 'LAND' } },
    }
    const cases = [caseOf(view, { state: 'mediating' })]
    const faultOf = (more: object) => rowsOf([view], cases, [[view.id, [...parts, more as OpenedPart]]])[0]?.fault
    expect(faultOf(later)).toBe('mediation')
    expect(faultOf({ key: 'b', state: 'not-for-you', envelope: undefined })).toBeNull()
  })

  it('does not come back to life by the reason of an earlier ending', () => {
    const view = caseOf(complaint('2026-10-01'), { state: 'closed', ...reason })
    expect(reasonGiven(view, 'closed')).toBe(true)
    expect(comingTo(view, 'closed')).toEqual({ state: 'closed' })
    expect(comingTo(view, 'reopened')).toEqual({ state: 'reopened', notes: { n: { reasonFor: null } } })
  })
})

describe('what waits for the desk', () => {
  it('is what nobody has begun, what is overdue, and what was decided twice, each complaint once in the sum', () => {
    const [fresh, noted, planned, late, twice, ended] = Array.from({ length: 6 }, () => complaint('2026-11-01')) as [
      ComplaintView,
      ComplaintView,
      ComplaintView,
      ComplaintView,
      ComplaintView,
      ComplaintView,
    ]
    const cases = [
      caseOf(noted, {}),
      caseOf(planned, { nextOn: '2026-11-24' }),
      caseOf(late, { state: 'accepted', nextOn: '2026-11-22' }),
      caseOf(twice, { state: 'accepted', nextOn: '2026-11-01' }, { state: [] }),
      caseOf(ended, { state: 'closed', nextOn: '2026-11-01' }),
    ]
    expect(deskWaits([fresh, noted, planned, late, twice, ended], cases, today)).toEqual({
      untouched: 2,
      late: 2,
      conflicting: 1,
      all: 4,
    })
  })
})
