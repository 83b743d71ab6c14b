import { describe, expect, it } from 'vitest'
import { type Day, isDay } from '#domain/kernel/day.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { OpenedPart } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'
import { type CaseView, caseId, inboxRows, matches } from './rows.ts'

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
const caseOf = (view: ComplaintView, values: { state: string; nextOn?: string }) =>
  ({ id: caseId(view.id), values }) as unknown as CaseView
const told = (view: ComplaintView, answers: object): [string, OpenedPart[]] => [
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
        number: '7K4P29XD6MRT',
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
    const [open, sealed] = [complaint('2026-11-20'), complaint('2026-11-21')] as const
    const rows = rowsOf([open, sealed], [], [told(open, { what: 'ถูกไล่ที่ริมน้ำ' })])
    const found = (text: string) => rows.filter((row) => matches(row, text, () => 'ที่ดิน')).map(({ view }) => view.id)
    expect(found('ริมน้ำ')).toEqual([open.id])
    expect(found('ที่ดิน')).toEqual([open.id])
    expect(found('7k4p-29xd')).toEqual([open.id])
    expect(found('ไม่มีคำนี้')).toEqual([])
    expect(found(' ')).toHaveLength(2)
  })
})
