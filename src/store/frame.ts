/**
 * Entries of an append-only file: [length u32][crc32 u32][payload], little-endian; the payload begins with the entry's number as a
 * 64-bit float. The number stays clear, because counting goes on while the bytes behind it are sealed.
 */
export interface Entry {
  readonly n: number
  readonly bytes: Uint8Array
}

export interface Frames {
  readonly entries: readonly Entry[]
  /** Bytes that belong to no whole entry: a torn tail, or damage. */
  readonly damaged: number
}

const headerBytes = 8
const numberBytes = 8
/** No entry is larger; a length above it is damage. */
const maxPayload = 2_000_000

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32 (IEEE 802.3). */
const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Several entries as the bytes of one append. */
export const frame = (entries: readonly Entry[]): Uint8Array => {
  const size = entries.reduce((sum, { bytes }) => sum + headerBytes + numberBytes + bytes.length, 0)
  const framed = new Uint8Array(size)
  const data = new DataView(framed.buffer)
  let at = 0
  for (const { n, bytes } of entries) {
    const length = numberBytes + bytes.length
    const payload = framed.subarray(at + headerBytes, at + headerBytes + length)
    data.setFloat64(at + headerBytes, n, true)
    payload.set(bytes, numberBytes)
    data.setUint32(at, length, true)
    data.setUint32(at + 4, crc32(payload), true)
    at += headerBytes + length
  }
  return framed
}

/** Every whole entry. After damage it looks for the next whole one, so that one bad sector does not take what follows it. */
export const readFrames = (bytes: Uint8Array): Frames => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Entry[] = []
  let damaged = 0
  let at = 0
  while (at < bytes.length) {
    const payload = payloadAt(bytes, data, at)
    if (payload === null) {
      damaged++
      at++
      continue
    }
    entries.push({ n: data.getFloat64(at + headerBytes, true), bytes: payload.slice(numberBytes) })
    at += headerBytes + payload.length
  }
  return { entries, damaged }
}

const payloadAt = (bytes: Uint8Array, data: DataView, at: number): Uint8Array | null => {
  if (at + headerBytes > bytes.length) return null
  const length = data.getUint32(at, true)
  const from = at + headerBytes
  if (length < numberBytes || length > maxPayload || from + length > bytes.length) return null
  const payload = bytes.subarray(from, from + length)
  return crc32(payload) === data.getUint32(at + 4, true) ? payload : null
}
