import { describe, expect, test } from 'vitest'
import { readLines } from './lines.ts'

describe('places typed a line each', () => {
  test('are read with or without a code, blank lines left out', () => {
    expect(readLines('โรงเรียนบ้านตัวอย่าง\t๕๐๐๑๒๓\r\n\n  วัดสมมติ  ,  ก-12 \nบ้านไม่มีจริง', [])).toEqual([
      { name: 'โรงเรียนบ้านตัวอย่าง', code: '500123' },
      { name: 'วัดสมมติ', code: 'ก-12' },
      { name: 'บ้านไม่มีจริง', code: undefined },
    ])
  })

  test('that are there already or typed twice are told, however they are spaced', () => {
    const problems = readLines('วัด สมมติ\nบ้านใหม่\nบ้าน ใหม่', ['วัดสมมติ']).map(({ problem }) => problem)
    expect(problems).toEqual(['here', undefined, 'twice'])
  })

  test('that no register could hold are told', () => {
    expect(readLines('ก'.repeat(201), [])[0]?.problem).toBe('long')
    expect(readLines(`วัด,${'9'.repeat(41)}`, [])[0]?.problem).toBe('long')
  })
})
