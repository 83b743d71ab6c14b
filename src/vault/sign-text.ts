import { toBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'

export const signText = async (secret: CryptoKey, text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', secret, utf8ToBytes(text) as BufferSource)))
