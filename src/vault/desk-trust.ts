import { type DeskList, deskListText, type SignedDeskList } from '#domain/complaint/desk-list.ts'
import { fromBase64Url, toBase64Url } from '#domain/kernel/bytes.ts'
import { signText } from './sign-text.ts'

const ed25519 = 'Ed25519'

/** Signs lists: the root, a member, or the key on paper. */
export interface ListSigner {
  /** Raw public half, base64url. */
  readonly public: string
  sign(text: string): Promise<string>
}

const signerFrom = async (pkcs8: BufferSource): Promise<ListSigner> => {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, ed25519, true, ['sign'])
  const { x } = await crypto.subtle.exportKey('jwk', key)
  return { public: x!, sign: (text) => signText(key, text) }
}

/** A new root: its private half travels only sealed to the members, as PKCS #8 in base64url. */
export const newRoot = async (): Promise<string> => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)))
}

export const rootSigner = (secret: string): Promise<ListSigner> => signerFrom(fromBase64Url(secret) as BufferSource)

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const pkcs8Head = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

/** What whoever has this private key signs lists with: derived from it (HKDF-SHA-256), so that one secret is kept, and one stands on the paper. */
export const deskSigner = async (identity: string): Promise<ListSigner> => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey('raw', bytes(identity), 'HKDF', false, ['deriveBits'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes('bowon desk signer 1') }
  const seed = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256))
  return signerFrom(new Uint8Array([...pkcs8Head, ...seed]))
}

/** The list with what these say of it, beside what others have said. */
export const signList = async (
  { list, signatures }: SignedDeskList,
  signers: readonly ListSigner[],
): Promise<SignedDeskList> => {
  const text = deskListText(list)
  const signed = await Promise.all(signers.map(async (one) => [one.public, await one.sign(text)] as const))
  return { list, signatures: { ...signatures, ...Object.fromEntries(signed) } }
}

/** A list that nobody has signed yet. */
export const unsigned = (list: DeskList): SignedDeskList => ({ list, signatures: {} })
