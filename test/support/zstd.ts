import { zstdDecompressSync } from 'node:zlib'

const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** What the Zstandard frames in these bytes hold (RFC 8878); what only looks like one is left out. */
export const zstdFrames = (bytes: Buffer): Buffer[] => {
  const found: Buffer[] = []
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    const end = frameEnd(bytes, at)
    if (end === null) continue
    try {
      found.push(zstdDecompressSync(bytes.subarray(at, end)))
    } catch {
      // no frame after all, or one of which a part was overwritten
    }
  }
  return found
}

/** Where a frame ends, by its own headers: whatever follows it would be refused. */
const frameEnd = (bytes: Buffer, start: number): number | null => {
  const descriptor = bytes[start + 4] ?? 0
  const isSingle = (descriptor & 0x20) !== 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!
  let at = start + 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes
  for (let isLast = false; !isLast; ) {
    if (at + 3 > bytes.length) return null
    const header = bytes.readUIntLE(at, 3)
    isLast = (header & 1) === 1
    // a repeated byte is written once
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3)
  }
  const end = at + ((descriptor & 4) === 0 ? 0 : 4)
  return end > bytes.length ? null : end
}
