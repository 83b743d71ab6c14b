import { expect, it } from 'vitest'
import { guessMapping } from './roster-columns.ts'

it.each([
  [
    ['เลขที่', 'เลขประจำตัวนักเรียน', 'คำนำหน้า', 'ชื่อ', 'นามสกุล', 'ชั้น', 'ชื่อเล่น'],
    { seat: 0, number: 1, title: 2, givenName: 3, familyName: 4, grade: 5, nickname: 6 },
  ],
  [['ที่', 'รหัสนักเรียน', 'ชื่อ - สกุล'], { seat: 0, number: 1, fullName: 2 }],
  [
    ['No.', 'Student ID', 'Given name', 'Family Name', 'Grade'],
    { seat: 0, number: 1, givenName: 2, familyName: 3, grade: 4 },
  ],
  [['ชื่อ', 'ชั้น'], { fullName: 0, grade: 1 }],
  [['Name', 'Surname'], { givenName: 0, familyName: 1 }],
  [['ชื่อ', 'สกุล', 'ชื่อ'], { givenName: 0, familyName: 1 }],
  [['เลขประจ\u0E4D\u0E32ตัว', 'ชื่อ-นามสกุล'], { number: 0, fullName: 1 }],
  [['เลขประจำตัวประชาชน', 'หมายเหตุ'], {}],
])('of %j guesses %j', (headers, mapping) => {
  expect(guessMapping(headers)).toEqual(mapping)
})
