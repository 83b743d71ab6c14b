import { expect, test } from 'vitest'
import { hashPassword, isWeak, matchesNothing, matchesPassword } from './password.ts'

test('a password matches its own hash only', async () => {
  const hashed = await hashPassword('ดอกคำใต้บานเช้า')
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await matchesPassword(hashed, 'ดอกคำใต้บานเช้า')).toBe(true)
  expect(await matchesPassword(hashed, 'ดอกคำใต้บานเย็น')).toBe(false)
  expect(await matchesPassword('no hash', 'ดอกคำใต้บานเช้า')).toBe(false)
  expect(await matchesNothing('ดอกคำใต้บานเช้า')).toBe(false)
})

test('sara am typed in one piece or in two is the same password', async () => {
  const hashed = await hashPassword('น้\u0e33ตกแม่สา99')
  expect(await matchesPassword(hashed, 'น้\u0e4d\u0e32ตกแม่สา99')).toBe(true)
})

test.each([
  ['short', 'ก้อนเมฆ1'],
  ['one sign again and again', 'aaaaaaaaaaaa'],
  ['a run of digits', '1234567890'],
  ['a run backwards', '9876543210'],
  ['the commonest word with digits', 'Password123'],
  ['the commonest word between digits', '12password34'],
  ['the program with a year', 'bowon2569!'],
  ['their own name', 'malee.sample1'],
  ['their own name inside', 'xxmalee.samplexx'],
  ['the top row of a Thai keyboard', 'ๆไำพะัีรนย'],
])('%s is weak', (_, password) => {
  expect(isWeak(password, 'malee.sample')).toBe(true)
})

test.each(['ลำธารใสไหลเย็น', 'purple-kettle-49', 'k3q9x-vv0tm', 'ฟ้าหลังฝน2569'])('%s is good enough', (password) => {
  expect(isWeak(password, 'malee.sample')).toBe(false)
})
