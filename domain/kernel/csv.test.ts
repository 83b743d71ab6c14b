import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CSV_BOM, csvCell, csvLine } from './csv.ts'
import { readCsv } from './csv-read.ts'

describe('csvCell', () => {
  it.each([
    ['สมชาย ใจดี', 'สมชาย ใจดี'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['เขาว่า "ไม่"', '"เขาว่า ""ไม่"""'],
    ['สอง\nบรรทัด', '"สอง\nบรรทัด"'],
    [' ก', '" ก"'],
    [null, ''],
    [undefined, ''],
    ['', ''],
  ])('writes %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })

  it.each([
    '=1+1',
    '+66812345678',
    '-5',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=HYPERLINK("http://a","b")',
  ])('keeps %j from running as a formula', (value) => {
    const cell = csvCell(value)
    expect(cell).toMatch(/^"?'/)
    expect(readCsv(cell)[0]?.cells).toEqual([`'${value}`])
  })

  it('writes our own numbers as numbers', () => {
    expect([csvCell(-5), csvCell(0), csvCell(1234.5), csvCell(Number.NaN)]).toEqual(['-5', '0', '1234.5', ''])
  })
})

describe('csvLine', () => {
  it('ends in CRLF', () => {
    expect(csvLine(['ชื่อ', 3, null])).toBe('ชื่อ,3,\r\n')
  })

  it('is read back as it was, save for the apostrophe', () => {
    const text = fc.string({ unit: fc.constantFrom(...'กข"\',;\t\r\n =+-@＝＠a1'), maxLength: 8 })
    const row = fc
      .array(text, { minLength: 2, maxLength: 5 })
      .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const file = CSV_BOM + csvLine(['a', 'b', 'c', 'd', 'e']) + rows.map(csvLine).join('')
        const expected = rows.map((cells) => cells.map((cell) => cell.replace(/^(?=[=+\-@＝＠\t\r\n])/, "'")))
        expect(
          readCsv(file)
            .slice(1)
            .map((read) => read.cells),
        ).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
