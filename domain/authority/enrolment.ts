import { bytesToHex, sha256, utf8ToBytes } from '#domain/kernel/bytes.ts'

/** Milliseconds that a code counts for. */
export const codeLasts = 24 * 3_600_000

/** A code as it counts, however it was typed: small letters, its words parted by one dash. */
const plainCode = (typed: string): string =>
  typed
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-') ?? ''

/** What a `tablet` record keeps of its code; SHA-256 in hex. */
export const enrolmentHash = (code: string): string =>
  bytesToHex(sha256(utf8ToBytes(`bowon code 1\n${plainCode(code)}`)))

/** What a browser that is to become a tablet is told by the link, or by somebody who types the code. */
export interface Enrolment {
  readonly code: string
  /** What it may believe of the answer; nothing of it is known where the code was typed. */
  readonly pins?: {
    readonly province: string
    /** Raw Ed25519 public half of a receipt key, base64url. */
    readonly receiptKey: string
    /** `listDigest` of the desk's list of keys; null while the desk has none. */
    readonly deskList: string | null
  }
}

/** Signs; the server takes no longer one. */
export const longestCode = 200

/** Path and fragment of the link: what stands behind `#` never leaves the browser that opens it. */
export const enrolmentLink = ({ code, pins }: Enrolment): string => {
  const parts = pins ? [pins.province, pins.receiptKey, ...(pins.deskList ? [pins.deskList] : [])] : []
  return `/enrol#${[plainCode(code), ...parts].join('.')}`
}

/** The inverse of `enrolmentLink`, of what stands behind the `#`; null when it is none. */
export const readEnrolment = (fragment: string): Enrolment | null => {
  const [code = '', province, receiptKey, deskList = null, ...more] = fragment.split('.')
  if (code.length > longestCode || plainCode(code) !== code || code === '' || more.length > 0) return null
  if (province === undefined) return { code }
  const isWhole =
    /^[\w-]{22}$/.test(province) && /^[\w-]{43}$/.test(receiptKey ?? '') && /^[\w-]{43}$/.test(deskList ?? receiptKey!)
  return isWhole ? { code, pins: { province, receiptKey: receiptKey!, deskList } } : null
}

/** The server's word that it has enrolled a tablet, for a server that was restored and has forgotten it (A9). */
export interface Slip {
  /** `slipText`. */
  readonly text: string
  /** Id of the receipt key. */
  readonly key: string
  /** Ed25519 over the text, base64url. */
  readonly signature: string
}

export interface SlipFacts {
  readonly province: string
  readonly device: string
  /** SHA-256 (hex) of the upload credential. */
  readonly credential: string
  /** Id of the `tablet` record; empty for a tablet of before there was enrolment. */
  readonly tablet: string
  /** Null: for the whole province. */
  readonly within: readonly string[] | null
  readonly name: string
}

/** The exact text that is signed, a fact a line. */
export const slipText = ({ province, device, credential, tablet, within, name }: SlipFacts): string =>
  ['bowon tablet 1', province, device, credential, tablet, within?.toSorted().join(',') ?? '*', name].join('\n')

/** The inverse of `slipText`; null when it is none. */
export const readSlip = (text: string): SlipFacts | null => {
  const [title, province, device, credential, tablet, places, name, ...more] = text.split('\n')
  if (title !== 'bowon tablet 1' || name === undefined || more.length > 0) return null
  const within = places === '*' ? null : places!.split(',').filter((place) => place !== '')
  return { province: province!, device: device!, credential: credential!, tablet: tablet!, within, name }
}
