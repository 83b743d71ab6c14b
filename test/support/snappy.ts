/** Undoes Snappy's raw format (github.com/google/snappy, format_description.txt); null when the bytes are not of it. */
export const unsnappy = (bytes: Uint8Array): Buffer | null => {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) return -1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return -1
  }
  const little = (count: number): number => {
    let value = 0
    for (let i = 0; i < count; i++) value += (bytes[at++] ?? 0) * 2 ** (8 * i)
    return value
  }
  const length = varint()
  if (length < 0 || length > 100_000_000) return null
  const out = Buffer.alloc(length)
  let written = 0
  while (written < length && at < bytes.length) {
    const tag = bytes[at++]!
    const kind = tag & 3
    if (kind === 0) {
      const short = tag >> 2
      const count = (short < 60 ? short : little(short - 59)) + 1
      if (at + count > bytes.length || written + count > length) return null
      out.set(bytes.subarray(at, at + count), written)
      at += count
      written += count
      continue
    }
    const count = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const back = kind === 1 ? ((tag >> 5) << 8) + little(1) : little(kind === 2 ? 2 : 4)
    if (back === 0 || back > written || written + count > length) return null
    for (let i = 0; i < count; i++, written++) out[written] = out[written - back]!
  }
  return written === length ? out : null
}
