export type DecodedText = { text: string; encoding: 'utf-8' | 'windows-874' }

/**
 * Bytes of a text file from a Thai office: UTF-8 (with or without a byte-order mark) if every byte is valid UTF-8,
 * otherwise Windows-874. A byte that Windows-874 does not define becomes U+FFFD.
 */
export function decodeThaiBytes(bytes: Uint8Array): DecodedText {
  const text = decodeUtf8(bytes)
  if (text !== undefined) return { text: text.startsWith('\uFEFF') ? text.slice(1) : text, encoding: 'utf-8' }
  return { text: Array.from(bytes, windows874).join(''), encoding: 'windows-874' }
}

const punctuation874 = new Map(
  Object.entries({
    128: '€',
    133: '…',
    145: '‘',
    146: '’',
    147: '“',
    148: '”',
    149: '•',
    150: '–',
    151: '—',
    160: '\u00A0',
  }),
)

function windows874(byte: number): string {
  if (byte < 0x80) return String.fromCharCode(byte)
  const isThai = (byte >= 0xa1 && byte <= 0xda) || (byte >= 0xdf && byte <= 0xfb)
  return isThai ? String.fromCharCode(0x0e01 + byte - 0xa1) : (punctuation874.get(String(byte)) ?? '\uFFFD')
}

/** By the first byte: how many bytes follow, and the smallest code point that may be written so long. */
function sequence(first: number): { following: number; bits: number; smallest: number } | undefined {
  if (first < 0x80) return { following: 0, bits: first, smallest: 0 }
  if (first >= 0xc0 && first < 0xe0) return { following: 1, bits: first & 0x1f, smallest: 0x80 }
  if (first >= 0xe0 && first < 0xf0) return { following: 2, bits: first & 0x0f, smallest: 0x800 }
  if (first >= 0xf0 && first < 0xf8) return { following: 3, bits: first & 0x07, smallest: 0x10000 }
  return undefined
}

/** Strict UTF-8 (no overlong form, no surrogate, nothing cut off), or undefined. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const letters: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = sequence(bytes[at] ?? 0)
    if (!start || at + start.following >= bytes.length) return undefined
    let code = start.bits
    for (const byte of bytes.subarray(at + 1, at + 1 + start.following)) {
      if ((byte & 0xc0) !== 0x80) return undefined
      code = (code << 6) | (byte & 0x3f)
    }
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    if (code < start.smallest || code > 0x10ffff || isSurrogate) return undefined
    letters.push(String.fromCodePoint(code))
    at += 1 + start.following
  }
  return letters.join('')
}
