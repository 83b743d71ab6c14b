import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { recipientsOf } from '#domain/complaint/desk-list.ts'
import { newId } from '#domain/kernel/id.ts'
import { beginDesk } from '#test/support/desk-keys.ts'
import { newIdentity, open, seal } from './seal.ts'
import { type DeriveKey, unwrap, wrap } from './wrap.ts'

describe('sealing', () => {
  it('is opened by each of the keys it was sealed to, and by no other', async () => {
    const [one, two, stranger] = await Promise.all([newIdentity(), newIdentity(), newIdentity()])
    const envelope = await seal('ผู้ร้องเล่าว่า…', [one.recipient, two.recipient])
    expect(await open(envelope, one.identity)).toBe('ผู้ร้องเล่าว่า…')
    expect(await open(envelope, two.identity)).toBe('ผู้ร้องเล่าว่า…')
    expect(await open(envelope, stranger.identity)).toBeNull()
  })

  it('notices a single altered sign', async () => {
    const { identity, recipient } = await newIdentity()
    const envelope = await seal('คำร้อง', [recipient])
    const at = envelope.length - 40
    const altered = envelope.slice(0, at) + (envelope[at] === 'A' ? 'B' : 'A') + envelope.slice(at + 1)
    expect(await open(altered, identity)).toBeNull()
  })

  it('makes a word and a page equally long', async () => {
    const { recipient } = await newIdentity()
    const sizes = await Promise.all(['ก', 'ก'.repeat(600)].map(async (text) => (await seal(text, [recipient])).length))
    expect(sizes[0]).toBe(sizes[1])
  })
})

/** As the worker does it, with little memory, so that the test is quick. */
const derive: DeriveKey = async ({ passphrase, salt }) =>
  (await argon2id({
    password: passphrase,
    salt,
    memorySize: 64,
    iterations: 1,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })) as Uint8Array<ArrayBuffer>

describe('a wrapped key', () => {
  it('comes back with the passphrase, however its vowels were typed', async () => {
    const wrapped = await wrap('AGE-SECRET-KEY-1', 'น้ำ café ดอย ควาย ฝน', derive)
    expect(await unwrap(wrapped, 'น้ำ café ดอย ควาย ฝน'.normalize('NFD'), derive)).toEqual({
      ok: true,
      value: 'AGE-SECRET-KEY-1',
    })
  })

  it('says that a passphrase is wrong, and that a wrapping is damaged', async () => {
    const wrapped = await wrap('AGE-SECRET-KEY-1', 'ถูกต้องแล้วนะ', derive)
    expect(await unwrap(wrapped, 'ไม่ใช่อันนี้', derive)).toEqual({ ok: false, failure: 'wrong-passphrase' })
    expect(await unwrap({ ...wrapped, salt: '!' }, 'ถูกต้องแล้วนะ', derive)).toEqual({ ok: false, failure: 'damaged' })
  })

  it('shows neither the key nor the passphrase', async () => {
    const text = JSON.stringify(await wrap('AGE-SECRET-KEY-1', 'ลับมากจริงๆ', derive))
    expect(text).not.toMatch(/AGE-SECRET|ลับมาก/)
  })
})

describe('the list of desk keys', () => {
  it('seals to every member and to the key on paper', async () => {
    const malee = newId((length) => crypto.getRandomValues(new Uint8Array(length)))
    const { signed, first, paper } = await beginDesk(malee)
    const envelope = await seal('คำร้อง', recipientsOf(signed.list))
    expect(await open(envelope, first.identity)).toBe('คำร้อง')
    expect(await open(envelope, paper.secret)).toBe('คำร้อง')
  })
})
