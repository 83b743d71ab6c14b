import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { keyText, lineText, proofText, withProof } from '#domain/authority/line-proof.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import { isGuarded } from '#domain/roles.ts'
import { sampleStaff } from '#domain/sample/staff.ts'
import type { Tx } from '#server/db/connect.ts'
import { changeDigest } from '#server/log/hash.ts'
import { writeKey } from '#server/people/keys.ts'

interface Signer {
  readonly key: RecordId
  readonly secret: KeyObject
}

/** Signs for people of the invented province as their browsers would; a key is made when it is first needed, and forgotten with the story. */
export const sampleKeys = (tx: Tx, province: string) => {
  const signers = new Map<string, Signer>()
  const signerOf = async (device: DeviceId, person: StaffId, now: number): Promise<Signer> => {
    const name = `${device} ${person}`
    const known = signers.get(name)
    if (known) return known
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const { x } = publicKey.export({ format: 'jwk' }) as { x: string }
    const proof = sign(null, Buffer.from(keyText(province, device, person, x)), privateKey).toString('base64url')
    const key = await writeKey(tx, { province, now, lastN: 0 }, { device, person, public: x, proof })
    const signer = { key, secret: privateKey }
    signers.set(name, signer)
    return signer
  }
  return {
    /** The line as it travels: signed, where its author holds a guarded role. */
    async signed(line: string, device: DeviceId, author: StaffId, now: number): Promise<string> {
      if (!guarded.has(author)) return line
      const { key, secret } = await signerOf(device, author, now)
      const signature = sign(null, Buffer.from(lineText(province, changeDigest(device, line))), secret)
      return withProof(line, proofText({ key, signature: signature.toString('base64url') }))
    },
  }
}

/** Whoever of the invented staff signs. */
export const guarded: ReadonlySet<string> = new Set(
  sampleStaff.filter(({ roles }) => isGuarded({ roles })).map(({ id }) => id),
)
