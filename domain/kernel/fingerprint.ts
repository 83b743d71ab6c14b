import { bytesToHex, sha256, utf8ToBytes } from '#domain/kernel/bytes.ts'

/** Eight groups of four signs that two people compare by voice: the first half of SHA-256. */
export const fingerprint = (text: string): string =>
  bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 16))
    .match(/.{4}/g)!
    .join(' ')
