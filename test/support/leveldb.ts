import { unsnappy } from './snappy.ts'

const footerLength = 48
/** Little-endian at the very end of a table (LevelDB, table_format.md). */
const magic = Buffer.from('57fb808b247547db', 'hex')

/** The contents of every block of a LevelDB table, decompressed; keys are cut to what differs, values are whole. */
export const tableBlocks = (file: Buffer): Buffer[] => {
  if (file.length < footerLength || !file.subarray(-8).equals(magic)) return []
  const footer = file.subarray(file.length - footerLength)
  const read = reader(footer)
  read()
  read()
  const index = block(file, read(), read())
  if (!index) return []
  return valuesOf(index).flatMap((handle) => {
    const next = reader(handle)
    return block(file, next(), next()) ?? []
  })
}

const block = (file: Buffer, offset: number, size: number): Buffer | null => {
  const body = file.subarray(offset, offset + size)
  return file[offset + size] === 1 ? unsnappy(body) : body
}

const reader = (bytes: Uint8Array) => {
  let at = 0
  return (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
}

const valuesOf = (contents: Buffer): Buffer[] => {
  const restarts = contents.readUInt32LE(contents.length - 4)
  const end = contents.length - 4 * (restarts + 1)
  const values: Buffer[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = contents[at++]!
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < end) {
    varint()
    const ownKey = varint()
    const length = varint()
    at += ownKey
    values.push(contents.subarray(at, at + length))
    at += length
  }
  return values
}

const logBlock = 32_768
const logHeader = 7

/** A LevelDB log without the headers that cut its long records into pieces. */
export const logRecords = (file: Buffer): Buffer => {
  const pieces: Buffer[] = []
  for (let start = 0; start < file.length; start += logBlock) {
    const end = Math.min(start + logBlock, file.length)
    for (let at = start; at + logHeader <= end; ) {
      const length = file.readUInt16LE(at + 4)
      if (length === 0 && file[at + 6] === 0) break
      pieces.push(file.subarray(at + logHeader, Math.min(at + logHeader + length, end)))
      at += logHeader + length
    }
  }
  return Buffer.concat(pieces)
}

/** Chromium compresses a large value before it gives it to LevelDB: these three bytes stand before it. */
const compressedValue = Buffer.from([0xff, 0x11, 0x02])

/** The values inside these bytes that the browser itself has compressed; each says its own length, so what follows it does no harm. */
export const compressedValues = (bytes: Buffer): Buffer[] => {
  const found: Buffer[] = []
  for (let at = bytes.indexOf(compressedValue); at >= 0; at = bytes.indexOf(compressedValue, at + 1)) {
    const value = unsnappy(bytes.subarray(at + compressedValue.length))
    if (value) found.push(value)
  }
  return found
}
