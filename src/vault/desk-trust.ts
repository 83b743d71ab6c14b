import { type DeskList, deskListText, type SignedDeskList } from '#domain/complaint/desk-list.ts'
import { fromBase64Url, toBase64Url } from '#domain/kernel/bytes.ts'

const ed25519 = 'Ed25519'

/** A new root: its private half travels only inside a wrapped desk key, as PKCS #8 in base64url. */
export const newRoot = async (): Promise<{ root: string; secret: string }> => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair
  const [raw, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ])
  return { root: toBase64Url(new Uint8Array(raw)), secret: toBase64Url(new Uint8Array(pkcs8)) }
}

export const signList = async (list: DeskList, secret: string): Promise<SignedDeskList> => {
  const key = await crypto.subtle.importKey('pkcs8', fromBase64Url(secret) as BufferSource, ed25519, false, ['sign'])
  const signature = await crypto.subtle.sign(ed25519, key, new TextEncoder().encode(deskListText(list)))
  return { list, signature: toBase64Url(new Uint8Array(signature)) }
}

/** Eight groups that two people compare by voice before one admits the other. */
export const fingerprint = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...digest.subarray(0, 16)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .match(/.{4}/g)!
    .join(' ')
}
