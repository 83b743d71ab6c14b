import { createPublicKey, verify } from 'node:crypto'

/** Whether `signature` (base64url) over the text is by this key (raw public half, base64url). False also for what is no key or no signature. */
export const isSignedBy = (publicKey: string, text: string | Uint8Array, signature: string): boolean => {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
