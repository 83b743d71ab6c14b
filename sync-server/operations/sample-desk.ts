import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import type { SealedNote, SealedPart } from '#domain/complaint/content.ts'
import { type DeskList, deskListText, recipientsOf } from '#domain/complaint/desk-list.ts'
import { pad } from '#domain/complaint/padding.ts'
import { toBase64Url } from '#domain/kernel/bytes.ts'
import { addDays, dayOfInstant } from '#domain/kernel/day.ts'
import { derivedId, type RandomBytes } from '#domain/kernel/id.ts'
import { type SampleComplaint, sampleComplaints } from '#domain/sample/complaints.ts'
import { deskLaptop, laptop, staffNamed } from '#domain/sample/staff.ts'
import type { Step } from '#domain/sample/step.ts'
import type { DeskKeyTable, DeskListTable } from '#server/db/schema.ts'

/** The desk of the invented province: its keys as members would have made them in their browsers, and sealed complaints. */
export interface SampleDesk {
  readonly passphrase: string
  readonly list: Omit<DeskListTable, 'province'>
  readonly keys: readonly Omit<DeskKeyTable, 'province'>[]
  readonly steps: readonly Step[]
}

const members = [staffNamed('supervisor'), staffNamed('supervisor2')]

/**
 * Makes keys, list and complaints. Only an invented province's desk is ever made on a server: a real one's private keys never leave the browser.
 */
export const makeSampleDesk = async (
  passphrase: string,
  { begun, now, random }: { begun: number; now: number; random: RandomBytes },
): Promise<SampleDesk> => {
  const made = await Promise.all(members.map(async ({ id }) => ({ staff: id, ...(await newKey()) })))
  const paper = await newKey()
  const { list, signatures } = await signedList(
    made.map(({ staff, recipient, signer }) => ({ staff, recipient, signer })),
    paper,
  )
  const wrapped = await Promise.all(made.map(({ identity }) => wrap(identity, passphrase, random)))
  return {
    passphrase,
    list: {
      number: list.number,
      list: JSON.stringify(list),
      signature: JSON.stringify(signatures),
      created_at: begun,
    },
    keys: made.map(({ staff, recipient, signer }, i) => ({
      staff,
      version: 1,
      recipient,
      signer,
      wrapped: wrapped[i]!,
      created_at: begun,
    })),
    steps: (await Promise.all(sampleComplaints(now).map((one) => stepsOf(one, list, now)))).flat(),
  }
}

const newKey = async () => {
  const identity = await generateIdentity()
  return { identity, recipient: await identityToRecipient(identity), signer: publicOf(signerOf(identity)) }
}

/** As browsers derive what a key signs lists with (`src/vault/desk-trust.ts`). */
const signerOf = (identity: string): KeyObject => {
  const seed = Buffer.from(hkdfSync('sha256', identity, '', 'bowon desk signer 1', 32))
  const head = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' })
}
const publicOf = (key: KeyObject): string => (createPublicKey(key).export({ format: 'jwk' }) as { x: string }).x

const signedList = async (keys: DeskList['keys'], paper: { recipient: string; signer: string }) => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const root = publicOf(privateKey)
  const recovery = paper.recipient
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
  const rootKey = await seal(secret, [...keys.map(({ recipient }) => recipient), recovery])
  const list: DeskList = { number: 1, desk: 'main', keys, recovery, recoverySigner: paper.signer, root, rootKey }
  return { list, signatures: { [root]: sign(null, Buffer.from(deskListText(list)), privateKey).toString('base64url') } }
}

/** As browsers seal: an age file over the padded text. */
const seal = async (text: string, recipients: readonly string[]): Promise<string> => {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return toBase64Url(await encrypter.encrypt(pad(new TextEncoder().encode(text))))
}

/** As browsers wrap a private key under its owner's passphrase. */
const wrap = async (identity: string, passphrase: string, random: RandomBytes): Promise<string> => {
  const [memoryKiB, iterations] = [65_536, 3]
  const [salt, nonce] = [random(16), random(12)]
  const cost = { memoryCost: memoryKiB, timeCost: iterations, parallelism: 1, outputLen: 32 }
  const key = await hashRaw(passphrase, { ...cost, salt })
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('bowon wrapped key 1'))
  const box = Buffer.concat([cipher.update(identity, 'utf8'), cipher.final(), cipher.getAuthTag()])
  const text = { salt: toBase64Url(salt), nonce: toBase64Url(nonce), box: box.toString('base64url') }
  return JSON.stringify({ format: 1, memoryKiB, iterations, ...text })
}

const hour = 3_600_000

const stepsOf = async (told: SampleComplaint, list: DeskList, now: number): Promise<Step[]> => {
  const { record, part, author, device, takenAt, number, answers, state } = told
  const content: SealedPart = {
    format: 1,
    record,
    part,
    number,
    author,
    device,
    takenAt,
    list: list.number,
    finished: true,
    answers,
  }
  const envelope = await seal(JSON.stringify(content), recipientsOf(list))
  const taken: Step = {
    at: takenAt,
    by: author,
    device,
    kind: 'complaint',
    record,
    set: {
      desk: list.desk,
      receivedOn: dayOfInstant(takenAt),
      parts: { [part]: { on: true, envelope, size: envelope.length } },
    },
  }
  return state ? [taken, ...(await decisionsOf(told, state, list, now))] : [taken]
}

/** What the desk decided on a complaint. */
const decisionsOf = async (told: SampleComplaint, state: string, list: DeskList, now: number): Promise<Step[]> => {
  const { record: complaint, part, takenAt, nextIn, note, reason, meanwhile } = told
  const [first, second] = members as [(typeof members)[0], (typeof members)[0]]
  const record = derivedId('case', complaint)
  const at = takenAt + 5 * hour
  const said = async (text: string, more: object) => ({
    notes: { [part]: { on: true, sealed: await sealNote(record, part, text, list), at, author: first.id, ...more } },
  })
  const nextOn = (days: number | undefined) => (days === undefined ? {} : { nextOn: addDays(dayOfInstant(now), days) })
  const decided: Step = {
    at,
    by: first.id,
    device: laptop.id,
    kind: 'case',
    record,
    set: {
      complaint,
      state,
      ...nextOn(nextIn),
      ...(note && (await said(note, {}))),
      ...(reason && (await said(reason, { reasonFor: state }))),
    },
  }
  if (!meanwhile) return [decided]
  const unseen: Step = {
    at: at + hour,
    by: second.id,
    device: deskLaptop.id,
    kind: 'case',
    record,
    set: { state: meanwhile.state, ...nextOn(meanwhile.nextIn) },
    knewAt: takenAt,
  }
  return [decided, unseen]
}

const sealNote = (id: string, key: string, text: string, list: DeskList): Promise<string> => {
  const note: SealedNote = { format: 1, case: id as SealedNote['case'], key, list: list.number, text }
  return seal(JSON.stringify(note), recipientsOf(list))
}
