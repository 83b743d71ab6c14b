import { normaliseThai, searchKey } from '#domain/kernel/thai-text.ts'

export type SplitName = { title?: string; givenName: string; familyName?: string }

const spelledOut = (title: string) => ({ title, pattern: new RegExp(`^${title}`) })
/** Two initials, typed with or without one of their points, and with a space between or not. */
const initials = (first: string, second: string) => ({
  title: `${first}.${second}.`,
  pattern: new RegExp(`^${first}(?:\\. ?${second}\\.?|${second}\\.)`),
})

// A longer title stands before the shorter one that it begins with.
const TITLES = [
  ...[initials('ด', 'ช'), initials('ด', 'ญ'), initials('น', 'ส'), initials('ส', 'ณ')],
  ...['เด็กชาย', 'เด็กหญิง', 'นางสาว', 'นาง', 'นาย'].map(spelledOut),
  ...['พระมหา', 'พระครู', 'พระอธิการ', 'พระ', 'ครูบา', 'สามเณร', 'แม่ชี'].map(spelledOut),
]

/** Takes the title off the front of a name, with or without a space between. */
export function splitTitle(text: string): { title?: string; rest: string } {
  const name = normaliseThai(text)
  for (const { title, pattern } of TITLES) {
    const rest = name.replace(pattern, '')
    // What follows must begin a word: นายิกา is a name, not นาย.
    if (rest !== name && /^(?:$|[\sก-ฮเ-ไa-z])/i.test(rest)) return { title, rest: rest.trim() }
  }
  return { rest: name }
}

/** A full name as people write it: title, given name, and the rest as family name (a monk's Pali name too). */
export function splitFullName(text: string): SplitName {
  const { title, rest } = splitTitle(text)
  const [givenName = '', ...family] = rest.split(/\s+/)
  return { ...(title && { title }), givenName, ...(family.length > 0 && { familyName: family.join(' ') }) }
}

/**
 * How likely two names are one person's, 0 to 1; from 0.9 it is worth asking. Titles are not compared, they change
 * with age and marriage. The weaker of given and family name decides: brothers share the one, and their given
 * names often differ by a letter.
 */
export function likelySamePerson(a: SplitName, b: SplitName): number {
  if (searchKey(wholeName(a)) === searchKey(wholeName(b))) return a.familyName && b.familyName ? 1 : 0.9
  const given = similarity(a.givenName, b.givenName)
  if (!a.familyName !== !b.familyName) return given * 0.8
  return Math.min(given, similarity(a.familyName ?? '', b.familyName ?? ''))
}

const wholeName = (name: SplitName) => `${name.givenName} ${name.familyName ?? ''}`

/** Tone marks, ์ and ็ are what is most often left out or misplaced. */
const withoutSmallMarks = (key: string) => key.replace(/[\u0E47-\u0E4C]/g, '')

function similarity(a: string, b: string): number {
  const [left, right] = [searchKey(a), searchKey(b)]
  if (left === right) return 1
  if (withoutSmallMarks(left) === withoutSmallMarks(right)) return 0.95
  return 1 - editDistance(left, right) / Math.max(left.length, right.length)
}

function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[b.length] ?? 0
}
