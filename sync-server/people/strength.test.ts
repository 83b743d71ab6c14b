import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateWords } from '#domain/authority/generated-words.ts'
import { isWeakForGuarded } from './strength.ts'
import { onLatinKeys, onThaiKeys } from './thai-keys.ts'

test('the keys of one layout write what they say on the other, and back', () => {
  expect(onThaiKeys('isylzjko')).toBe('รหัสผ่าน')
  expect(onLatinKeys('รหัสผ่าน')).toBe('isylzjko')
})

test.each([
  ['a common word with a year', 'Password2569'],
  ['two words of Thai', 'รหัสผ่าน'],
  ['three words of Thai', 'ฟ้าหลังฝน'],
  ['two words of Thai typed on Latin keys', 'isylzjko'],
  ['three words of Thai typed on Latin keys', onLatinKeys('ฟ้าหลังฝน')],
  ['the same with digits behind', `${onLatinKeys('ฟ้าหลังฝน')}25`],
  ['a row of a Thai keyboard', 'ฟหกดเ้่าสวง'],
  ['two English words', 'correct horse'],
  ['their own name with a year', 'malee.sample2569'],
])('%s is too weak', (_, password) => {
  expect(isWeakForGuarded(password, 'malee.sample')).toBe(true)
})

test.each([
  ['four words of Thai', 'ลำธารใสไหลเย็น'],
  ['four words of Thai typed on Latin keys', onLatinKeys('ลำธารใสไหลเย็น')],
  ['the first password that an administrator hands over', 'kx7p-m4tq-9dwe-hr2c'],
])('%s is strong enough', (_, password) => {
  expect(isWeakForGuarded(password, 'malee.sample')).toBe(false)
})

test('five generated words always are', () => {
  for (let i = 0; i < 50; i++) {
    const password = generateWords(randomBytes, 5).join('-')
    expect(isWeakForGuarded(password, 'malee.sample'), password).toBe(false)
  }
})
