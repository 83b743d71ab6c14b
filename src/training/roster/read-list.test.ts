import { describe, expect, it } from 'vitest'
import { readList } from './read-list.ts'

const file = (bytes: Uint8Array | string, name = 'p4.csv') => {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return { name, size: content.length, arrayBuffer: async () => content.slice().buffer as ArrayBuffer }
}

describe('readList', () => {
  it('reads UTF-8 with a byte-order mark', async () => {
    expect(await readList(file('\uFEFFชื่อ,สกุล\nมาลี,ใจดี'))).toMatchObject({
      encoding: 'utf-8',
      table: { mapping: { givenName: 0, familyName: 1 } },
    })
  })

  it('reads Windows-874', async () => {
    const thai = [...'ชื่อ,สกุล\nมาลี,ใจดี'].map((letter) => {
      const code = letter.charCodeAt(0)
      return code < 128 ? code : code - 0x0e01 + 0xa1
    })
    expect(await readList(file(new Uint8Array(thai)))).toMatchObject({
      encoding: 'windows-874',
      table: { rows: [{ cells: ['มาลี', 'ใจดี'] }] },
    })
  })

  it.each([
    ['excel', new Uint8Array([0x50, 0x4b, 3, 4, 9])],
    ['excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])],
    ['pdf', '%PDF-1.7'],
    ['empty', ''],
    ['empty', 'ชื่อ,สกุล\n'],
    ['unreadable', 'a\0b'],
    ['too-large', 'ก'.repeat(700_000)],
    ['too-many-rows', `ชื่อ\n${'มาลี\n'.repeat(3001)}`],
  ] as const)('says %s rather than reading nonsense', async (problem, bytes) => {
    expect(await readList(file(bytes))).toBe(problem)
  })

  it('says so when the file cannot be read', async () => {
    const broken = { ...file('x'), arrayBuffer: () => Promise.reject(new Error('gone')) }
    expect(await readList(broken)).toBe('unreadable')
  })
})
