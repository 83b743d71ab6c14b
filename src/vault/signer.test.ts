import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keyId } from '#domain/authority/line-proof.ts'
import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type DeviceId, newId, type StaffId } from '#domain/kernel/id.ts'
import { createKeyring } from './keyring.ts'
import type { ToSign } from './sign.worker.ts'
import { signText } from './sign-text.ts'
import { createSigner } from './signer.ts'

type Answers = 'as it should' | 'never' | 'that it has stopped' | 'that it cannot sign' | 'that it takes no key'
let answers: Answers
/** The texts of each batch that came to a worker. */
let batches: (readonly string[])[]
let running: number

class FakeWorker extends EventTarget {
  #secret: CryptoKey | null = null
  constructor() {
    super()
    running++
  }
  postMessage(message: ToSign) {
    if ('secret' in message) {
      if (answers === 'that it takes no key') throw new DOMException('no key', 'DataCloneError')
      this.#secret = message.secret
      return
    }
    const { texts, port } = message
    batches.push(texts)
    if (answers === 'that it has stopped') this.dispatchEvent(new Event('error'))
    if (answers === 'that it cannot sign') port.postMessage(null)
    if (answers !== 'as it should') return
    void Promise.all(texts.map((text) => signText(this.#secret!, text))).then((all) => port.postMessage(all))
  }
  terminate() {
    running--
  }
}

beforeEach(() => {
  answers = 'as it should'
  batches = []
  running = 0
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('location', new URL('http://tablet.invalid/'))
  return () => vi.unstubAllGlobals()
})

const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
const texts = (count: number) => Array.from({ length: count }, (_, at) => `บรรทัด ${at}`)
const isSigned = (text: string, signature: string | null) =>
  crypto.subtle.verify(
    'Ed25519',
    pair.publicKey,
    fromBase64Url(signature ?? '') as BufferSource,
    utf8ToBytes(text) as BufferSource,
  )
const signedRight = async (all: readonly string[], signatures: readonly (string | null)[]) =>
  (await Promise.all(all.map((text, at) => isSigned(text, signatures[at] ?? null)))).every(Boolean)

describe('a signer', () => {
  it('signs many in one batch of its worker, each text with its own signature', async () => {
    const signer = createSigner(pair.privateKey)
    const [some, more] = [texts(40), texts(60).map((text) => `${text} อีก`)]
    expect(await signedRight(some, await Promise.all(some.map(signer.sign)))).toBe(true)
    expect(await signedRight(more, await Promise.all(more.map(signer.sign)))).toBe(true)
    expect(batches).toEqual([some, more])
  })

  it('signs a few without it', async () => {
    const signer = createSigner(pair.privateKey)
    expect(await signedRight(['หนึ่ง'], [await signer.sign('หนึ่ง')])).toBe(true)
    expect(batches).toEqual([])
  })

  it.each<Answers>(['that it takes no key', 'that it has stopped', 'that it cannot sign'])(
    'signs all of them here when its worker says %s',
    async (said) => {
      answers = said
      const signer = createSigner(pair.privateKey)
      for (const all of [texts(30), texts(20)])
        expect(await signedRight(all, await Promise.all(all.map(signer.sign)))).toBe(true)
      expect(running).toBe(said === 'that it takes no key' ? 0 : 1)
    },
  )
})

describe('a keyring', () => {
  const person = newId<StaffId>((length) => crypto.getRandomValues(new Uint8Array(length)))
  const id = keyId('device' as DeviceId, person, 'public')

  it('signs nothing more once it is locked, not even a batch that was under way', async () => {
    answers = 'never'
    const keyring = createKeyring()
    keyring.admit(person, id, createSigner(pair.privateKey))
    const asked = Promise.all(texts(30).map((text) => keyring.sign(person, text)))
    await vi.waitUntil(() => batches.length === 1)
    keyring.lock()
    expect(running).toBe(0)
    expect(keyring.open.peek().size).toBe(0)
    expect(new Set(await asked)).toEqual(new Set([null]))
    expect(await keyring.sign(person, 'หนึ่ง')).toBeNull()
  })

  it('gives back no signature that was not there when it was locked', async () => {
    const keyring = createKeyring()
    keyring.admit(person, id, createSigner(pair.privateKey))
    const asked = keyring.sign(person, 'หนึ่ง')
    keyring.lock()
    expect(await asked).toBeNull()
  })

  it('keeps one worker for a key that is opened again', async () => {
    const keyring = createKeyring()
    for (const signer of [createSigner(pair.privateKey), createSigner(pair.privateKey)])
      keyring.admit(person, id, signer)
    expect(running).toBe(1)
    expect(await keyring.sign(person, 'หนึ่ง')).toMatchObject({ key: id })
  })
})
