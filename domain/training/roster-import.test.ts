import { describe, expect, it } from 'vitest'
import { readRosterCsv, rosterRows } from './roster-import.ts'

const read = (...lines: string[]) => {
  const table = readRosterCsv(lines.join('\r\n'))
  return rosterRows(table, table.mapping)
}

describe('readRosterCsv', () => {
  it('finds the headers below the name of the school', () => {
    const table = readRosterCsv('โรงเรียนบ้านดอยสมมติ,,\nชั้น ป.4/1,,\n\nเลขที่,ชื่อ-สกุล,ชั้น\n1,ด.ช.สมชาย ใจดี,ป.4/1\n')
    expect(table).toEqual({
      columns: ['เลขที่', 'ชื่อ-สกุล', 'ชั้น'],
      rows: [{ line: 5, cells: ['1', 'ด.ช.สมชาย ใจดี', 'ป.4/1'] }],
      mapping: { seat: 0, fullName: 1, grade: 2 },
    })
  })

  it('numbers the columns and maps none when there are no headers', () => {
    const table = readRosterCsv('1,สมชาย\n2,สมหญิง,ป.4')
    expect(table.columns).toEqual(['1', '2', '3'])
    expect(table.rows).toHaveLength(2)
    expect(table.mapping).toEqual({})
  })

  it('reads an empty file', () => {
    expect(readRosterCsv('')).toEqual({ columns: [], rows: [], mapping: {} })
  })
})

describe('rosterRows', () => {
  it('reads each field, in one spelling', () => {
    const header = 'เลขที่;เลขประจำตัวนักเรียน;คำนำหน้า;ชื่อ;นามสกุล;ชั้น;ชื่อเล่น'
    const { good, bad } = read(header, '๑;๑๒ ๓๔๕;ด.ญ.;นางฟ้า;น\u0E4D\u0E49\u0E32ใส;ป.๔/๑; ฟ้า ')
    expect(bad).toEqual([])
    expect(good).toEqual([
      {
        title: 'ด.ญ.',
        givenName: 'นางฟ้า',
        familyName: 'น้ำใส',
        nickname: 'ฟ้า',
        number: '12345',
        grade: 'ป.4/1',
        seat: '1',
        line: 2,
      },
    ])
  })

  it('takes the title off a given name, and splits a full name', () => {
    expect(read('ชื่อ,สกุล', 'ด.ช.สมชาย,ใจดี').good).toEqual([
      { title: 'ด.ช.', givenName: 'สมชาย', familyName: 'ใจดี', line: 2 },
    ])
    expect(read('ชื่อ,ชั้น', 'ด.ช.สมชาย ใจดี,ป.4').good).toEqual([
      { title: 'ด.ช.', givenName: 'สมชาย', familyName: 'ใจดี', grade: 'ป.4', line: 2 },
    ])
  })

  it('needs no family name and no number', () => {
    expect(read('ชื่อ,สกุล,รหัสนักเรียน', 'นอเดอะ,,').good).toEqual([{ givenName: 'นอเดอะ', line: 2 }])
  })

  it('says why a row cannot be taken, and where, and takes the others', () => {
    const long = 'ก'.repeat(121)
    const lines = ['1,สมชาย,ใจดี', '2,,ใจดี', '3,ด.ช.,ใจดี', `4,${long},ใจดี`, '5,"สม\nชาย",ใจดี', '6,สมหญิง,ใจดี']
    const { good, bad } = read('เลขที่,ชื่อ,สกุล', ...lines)
    expect(good.map((person) => [person.line, person.givenName])).toEqual([
      [2, 'สมชาย'],
      [8, 'สมหญิง'],
    ])
    expect(bad).toEqual([
      { line: 3, reason: 'no-name', field: 'givenName', cells: ['2', '', 'ใจดี'] },
      { line: 4, reason: 'no-name', field: 'givenName', cells: ['3', 'ด.ช.', 'ใจดี'] },
      { line: 5, reason: 'too-long', field: 'givenName', cells: ['4', long, 'ใจดี'] },
      { line: 6, reason: 'line-break', field: 'givenName', cells: ['5', 'สม\nชาย', 'ใจดี'] },
    ])
  })

  it('refuses a citizen number where a student number belongs', () => {
    const { good, bad } = read('เลขประจำตัว,ชื่อ,สกุล', '1-1017-00230-70-8,สมชาย,ใจดี')
    expect(good).toEqual([])
    expect(bad[0]).toMatchObject({ line: 2, reason: 'national-id', field: 'number' })
  })

  it('passes over empty lines and lines of nothing but delimiters', () => {
    expect(read('ชื่อ,สกุล', '', ' , \u200B', 'สมชาย,ใจดี').good.map((person) => person.line)).toEqual([4])
  })

  it('uses the mapping that a person made instead of the guess', () => {
    const table = readRosterCsv('ก,ข\nใจดี,สมชาย')
    const { good } = rosterRows(table, { givenName: 1, familyName: 0 })
    expect(good[1]).toEqual({ givenName: 'สมชาย', familyName: 'ใจดี', line: 2 })
  })

  it('has no names when no column is mapped to one', () => {
    expect(rosterRows(readRosterCsv('1,สมชาย'), {}).bad).toMatchObject([{ line: 1, reason: 'no-name' }])
  })

  it('points at lines that look like one person, and keeps them', () => {
    const { good, duplicatesWithin } = read(
      'รหัสนักเรียน,ชื่อ,สกุล',
      '101,สมชาย,ใจดี',
      '๑๐๑,สมหญิง,ดอกไม้',
      ',สมชาย,ใจ ดี',
      '102,สมชาย,ใจดี',
      '103,มาลี,ดอกไม้',
      '104,มาลี,ดอกไม้',
    )
    expect(good).toHaveLength(6)
    expect(duplicatesWithin).toEqual([
      { line: 3, sameAs: 2, by: 'number' },
      { line: 4, sameAs: 2, by: 'name' },
      { line: 5, sameAs: 4, by: 'name' },
    ])
  })
})
