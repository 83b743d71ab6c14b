import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import {
  type DeskList,
  recipientsOf,
  type SignedDeskList,
  trustedList,
  type VerifyEd25519,
} from '#domain/complaint/desk-list.ts'
import { newId, type StaffId } from '#domain/kernel/id.ts'
import { firstKeys, nextList } from './desk-keys.ts'
import { newRoot, signList } from './desk-trust.ts'
import { newIdentity, open, seal } from './seal.ts'
import { type DeriveKey, unwrap, wrap } from './wrap.ts'

const staff = () => newId<StaffId>((length) => crypto.getRandomValues(new Uint8Array(length)))
const [malee, somsri] = [staff(), staff()]

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

const verify: VerifyEd25519 = async (root, signature, message) => {
  const key = await crypto.subtle.importKey('raw', root as BufferSource, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature as BufferSource, message as BufferSource)
}

describe('the list of desk keys', () => {
  it('is admitted first as it comes, then only by the same root, and never an older one', async () => {
    const { signed, identity } = await firstKeys(malee, 'main')
    expect(await trustedList(verify, null, signed)).toBe(signed)

    const second = (await nextList(signed.list, signed.list.keys, identity))!
    expect(await trustedList(verify, signed, second)).toBe(second)
    expect(await trustedList(verify, second, signed)).toBe(second)

    const foreign = (await firstKeys(somsri, 'main')).signed
    expect(await trustedList(verify, signed, foreign)).toBe(signed)
    expect(await trustedList(verify, signed, null)).toBe(signed)
  })

  it('is refused when anything in it was altered after it was signed', async () => {
    const { signed, identity } = await firstKeys(malee, 'main')
    const next = (await nextList(signed.list, signed.list.keys, identity))!
    const intruder = (await newIdentity()).recipient
    const forged: SignedDeskList[] = [
      { ...next, list: { ...next.list, recovery: intruder } },
      { ...next, list: { ...next.list, number: 99 } },
      { ...next, list: { ...next.list, keys: [...next.list.keys, { staff: somsri, recipient: intruder }] } },
      { ...next, signature: signed.signature },
      { ...next, signature: '' },
    ]
    for (const one of forged) {
      expect(await trustedList(verify, signed, one)).toBe(signed)
      expect(await trustedList(verify, null, one)).toBeNull()
    }
  })

  it('signed by another root under the pinned root’s name is refused', async () => {
    const { signed } = await firstKeys(malee, 'main')
    const forged = await signList({ ...signed.list, number: 2 }, (await newRoot()).secret)
    expect(await trustedList(verify, signed, forged)).toBe(signed)
  })

  it('can be continued by everybody on it and by the key on paper, and by nobody else', async () => {
    const first = await firstKeys(malee, 'main')
    const colleague = await newIdentity()
    const keys: DeskList['keys'] = [...first.signed.list.keys, { staff: somsri, recipient: colleague.recipient }]
    const second = (await nextList(first.signed.list, keys, first.identity))!
    expect(second.list.number).toBe(2)
    for (const identity of [first.identity, first.recovery, colleague.identity]) {
      const third = await nextList(second.list, keys, identity)
      expect(await trustedList(verify, second, third)).toBe(third)
    }
    expect(await nextList(first.signed.list, keys, colleague.identity)).toBeNull()
  })

  it('seals to every member and to the key on paper', async () => {
    const { signed, identity, recovery } = await firstKeys(malee, 'main')
    const envelope = await seal('คำร้อง', recipientsOf(signed.list))
    expect(await open(envelope, identity)).toBe('คำร้อง')
    expect(await open(envelope, recovery)).toBe('คำร้อง')
  })
})
