import { normaliseThai, searchKey, thaiDigitsToArabic } from '#domain/kernel/thai-text.ts'

export interface PlaceLine {
  readonly name: string
  readonly code: string | undefined
  /** `here` a place of that name is there already · `twice` an earlier line says the same · `long` no place is called so. */
  readonly problem?: 'here' | 'twice' | 'long'
}

const longestName = 200
const longestCode = 40

/**
 * Reads places as people type or paste them: a name a line, and behind a tab, comma or semicolon perhaps a register code. `known` are
 * the names already there in the same part of the province.
 */
export const readLines = (text: string, known: readonly string[]): readonly PlaceLine[] => {
  const here = new Set(known.map(searchKey))
  const seen = new Set<string>()
  return text
    .split(/\r?\n/)
    .map(readLine)
    .filter(({ name }) => name !== '')
    .map((line) => {
      const key = searchKey(line.name)
      const twice = seen.has(key)
      seen.add(key)
      if (line.name.length > longestName || (line.code?.length ?? 0) > longestCode) return { ...line, problem: 'long' }
      if (here.has(key)) return { ...line, problem: 'here' }
      return twice ? { ...line, problem: 'twice' } : line
    })
}

const readLine = (line: string): PlaceLine => {
  const [name = '', code = ''] = line.split(/[\t,;]/)
  return { name: normaliseThai(name), code: thaiDigitsToArabic(normaliseThai(code)) || undefined }
}
