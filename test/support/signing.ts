import { generateKeyPairSync, sign } from 'node:crypto'
import { keyId, keyText, lineText, proofText, withProof } from '#domain/authority/line-proof.ts'
import { changeDigest } from '#domain/change.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Store } from '#server/db/connect.ts'
import { writeKey } from '#server/people/keys.ts'
import { enrol } from './enrolling.ts'

/** A person's signing key on one tablet, as their browser has it. */
export interface TestKey {
  readonly id: RecordId
  readonly person: StaffId
  readonly device: DeviceId
  readonly public: string
  /** Its signature of itself, for the registration. */
  readonly proof: string
  signText(text: string): string
  /** The line as it travels, signed. */
  sign(line: string): string
}

export const makeKey = (province: string, device: DeviceId, person: StaffId): TestKey => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' }) as { x: string }
  const signText = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url')
  const id = keyId(device, person, x)
  return {
    id,
    person,
    device,
    public: x,
    proof: signText(keyText(province, device, person, x)),
    signText,
    sign: (line) =>
      withProof(line, proofText({ key: id, signature: signText(lineText(province, changeDigest(device, line))) })),
  }
}

/** A key that the server has registered on a tablet that admits its person, without asking it over HTTP. */
export const registeredKey = async (
  store: Store,
  { province, now }: { readonly province: string; readonly now: number },
  device: DeviceId,
  person: StaffId,
): Promise<TestKey> => {
  const key = makeKey(province, device, person)
  const { public: x, proof } = key
  await store.transaction(async (tx) => {
    await enrol(tx, { province, now, author: person }, device, { admits: [person] })
    await writeKey(tx, { province, now, lastN: 0 }, { device, person, public: x, proof })
  })
  return key
}
