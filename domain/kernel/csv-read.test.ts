import { describe, expect, it } from 'vitest'
import { readCsv } from './csv-read.ts'

describe('readCsv', () => {
  it.each([
    ['comma', 'ชื่อ,ชั้น\r\nก,ป.1\r\n'],
    ['semicolon', 'ชื่อ;ชั้น\nก;ป.1'],
    ['tab', '\uFEFFชื่อ\tชั้น\rก\tป.1'],
  ])('reads a file with %s between the cells', (_, text) => {
    expect(readCsv(text)).toEqual([
      { line: 1, cells: ['ชื่อ', 'ชั้น'] },
      { line: 2, cells: ['ก', 'ป.1'] },
    ])
  })

  it('keeps quoted delimiters, quotes and line breaks, and counts the lines they take', () => {
    expect(readCsv('"a,""b""","c\nd"\n\n , \ne,')).toEqual([
      { line: 1, cells: ['a,"b"', 'c\nd'] },
      { line: 5, cells: ['e', ''] },
    ])
  })

  it('is not misled by delimiters inside quotes', () => {
    expect(readCsv('"a;b;c;d",x')).toEqual([{ line: 1, cells: ['a;b;c;d', 'x'] }])
  })

  it('takes a quote that is never closed as a letter', () => {
    expect(readCsv('a,"b\nc,d')).toEqual([
      { line: 1, cells: ['a', '"b'] },
      { line: 2, cells: ['c', 'd'] },
    ])
  })

  it('reads a very long cell', () => {
    const long = 'ก"'.repeat(1_000_000)
    expect(readCsv(`"${long.replaceAll('"', '""')}",x`)[0]?.cells).toEqual([long, 'x'])
    expect(readCsv(`"${'ก'.repeat(2_000_000)}`)[0]?.cells[0]).toHaveLength(2_000_001)
  })

  it('loses nothing after a closing quote', () => {
    expect(readCsv('"a"b,c')[0]?.cells).toEqual(['ab', 'c'])
  })

  it('reads an empty file as no rows', () => {
    expect(readCsv('')).toEqual([])
    expect(readCsv('\uFEFF\r\n\r\n')).toEqual([])
  })
})
