import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import { derivedId } from '#domain/kernel/id.ts'

/** A signature beside a line, never in it (docs/authority.md, "Bytes"): the line's digest does not know it. */
export interface LineProof {
  /** Id of the author's `key` record on the tablet that wrote the line. */
  readonly key: RecordId
  /** Ed25519 over `lineText`, base64url. */
  readonly signature: string
}

/**
 * The exact text that is signed: the province, and the digest of the line (SHA-256 in hex over `<device>\n<line>`). A signature is worth
 * nothing in another province, on another device, under another `n`, base or author.
 */
export const lineText = (province: string, digest: string): string => `bowon line 1\n${province}\n${digest}`

/** What a new key signs itself with when it is registered. */
export const keyText = (province: string, device: string, person: string, publicKey: string): string =>
  `bowon key 1\n${province}\n${device}\n${person}\n${publicKey}`

/** What a key signs so that a server that has not heard of its person for long hears them again. */
export const sessionText = (province: string, device: string, challenge: string): string =>
  `bowon session 1\n${province}\n${device}\n${challenge}`

/** A key is one person's on one tablet: others cannot register it again as theirs. */
export const keyId = (device: DeviceId, person: StaffId, publicKey: string): RecordId =>
  derivedId('key', device, person, publicKey)

export const proofText = ({ key, signature }: LineProof): string => `${key}.${signature}`

const pattern = /^([\w-]{22})\.([\w-]{86})$/

/** The inverse of `proofText`; null when it is none. */
export const readProof = (text: string): LineProof | null => {
  const [, key, signature] = pattern.exec(text) ?? []
  return key && signature ? { key: key as RecordId, signature } : null
}

/** A line as it travels, in a request and in a bundle: `<line>` or `<line>` TAB `<key id>.<signature>`. */
export const withProof = (line: string, proof: string | null | undefined): string =>
  proof ? `${line}\t${proof}` : line

/** The inverse of `withProof`. What stands behind a tab and is no proof belongs to the line. */
export const splitProof = (sent: string): { readonly line: string; readonly proof: LineProof | null } => {
  const at = sent.lastIndexOf('\t')
  const proof = at < 0 ? null : readProof(sent.slice(at + 1))
  return proof ? { line: sent.slice(0, at), proof } : { line: sent, proof: null }
}
