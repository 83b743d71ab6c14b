import { concatBytes } from '#domain/kernel/bytes.ts'

/**
 * The size that a text of `length` bytes is padded to, so that the size of an envelope tells little: PADMÉ (Nikitin et al., "Reducing
 * Metadata Leakage from Encrypted Files and Communication with PURBs", 2019), with a floor of 2 kB for the many short ones.
 */
export const paddedLength = (length: number): number => {
  const least = Math.max(length, 2048)
  const exponent = Math.floor(Math.log2(least))
  const lowBits = exponent - (Math.floor(Math.log2(exponent)) + 1)
  const step = 2 ** lowBits
  return Math.ceil(least / step) * step
}

const marker = 0x80

/** Appends one marker byte and zeros (ISO/IEC 7816-4). */
export const pad = (bytes: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(paddedLength(bytes.length + 1))
  padded.set(concatBytes(bytes, new Uint8Array([marker])))
  return padded
}

/** The inverse of `pad`; null when the padding is not ours. */
export const unpad = (bytes: Uint8Array): Uint8Array | null => {
  const end = bytes.findLastIndex((byte) => byte !== 0)
  return end >= 0 && bytes[end] === marker ? bytes.subarray(0, end) : null
}
