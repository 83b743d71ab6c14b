/** The Kedmanee layout (TIS 820), row by row: the keys as they are marked in Latin, and what they write in Thai, without and with shift. */
const rows: readonly (readonly [latin: string, thai: string])[] = [
  ['1234567890-=', 'ๅ/-ภถุึคตจขช'],
  ['qwertyuiop[]\\', 'ๆไำพะัีรนยบลฃ'],
  ["asdfghjkl;'", 'ฟหกดเ้่าสวง'],
  ['zxcvbnm,./', 'ผปแอิืทมใฝ'],
  ['!@#$%^&*()_+', '+๑๒๓๔ู฿๕๖๗๘๙'],
  ['QWERTYUIOP{}', '๐"ฎฑธํ๊ณฯญฐ,'],
  ['ASDFGHJKL:"', 'ฤฆฏโฌ็๋ษศซ.'],
  ['ZXCVBNM<>?', '()ฉฮฺ์?ฒฬฦ'],
]

const pairs = rows.flatMap(([latin, thai]) => [...latin].map((key, at) => [key, [...thai][at]!] as const))
const toThai: ReadonlyMap<string, string> = new Map(pairs)
const toLatin: ReadonlyMap<string, string> = new Map(pairs.map(([latin, thai]) => [thai, latin]))

const typedWith = (text: string, keys: ReadonlyMap<string, string>) =>
  [...text].map((sign) => keys.get(sign) ?? sign).join('')

/** What the same keys write when the keyboard is set to Thai. */
export const onThaiKeys = (text: string): string => typedWith(text, toThai)

/** What the same keys write when the keyboard is set to Latin. */
export const onLatinKeys = (text: string): string => typedWith(text, toLatin)
