/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest'
import kindsInEnglish from '#domain/words/en.ts'
import kindsInThai from '#domain/words/th.ts'

type Words = { default: Record<string, unknown> }
const thai = { ...import.meta.glob<Words>('./th/*.ts', { eager: true }), './th/kinds': { default: kindsInThai } }
const english = { ...import.meta.glob<Words>('./en/*.ts', { eager: true }), './en/kinds': { default: kindsInEnglish } }

/** Every sentence under its dotted path; the two forms of a plural are one entry. */
function sentences(words: unknown, path = ''): [string, string[]][] {
  if (typeof words === 'string') return [[path, [words]]]
  const entries = Object.entries(words as Record<string, unknown>)
  if (entries.length === 2 && 'one' in (words as object) && 'other' in (words as object)) {
    return [[path, entries.map(([, form]) => String(form))]]
  }
  return entries.flatMap(([key, value]) => sentences(value, path ? `${path}.${key}` : key))
}

const holes = (texts: readonly string[]) => texts.flatMap((text) => text.match(/\{\w+\}/g) ?? [])
const areas = Object.keys(thai).map((file) => file.slice('./th/'.length))

describe.each(areas)('the words of %s', (area) => {
  const th = new Map(sentences((thai as Record<string, Words>)[`./th/${area}`]?.default))
  const en = new Map(sentences((english as Record<string, Words>)[`./en/${area}`]?.default))

  it('are all there in both languages, none of them empty', () => {
    expect([...en.keys()].sort()).toEqual([...th.keys()].sort())
    for (const [key, texts] of [...th, ...en])
      expect(
        texts.every((text) => text.trim() !== ''),
        key,
      ).toBe(true)
  })

  it('fill in nothing in English that the Thai sentence does not name', () => {
    for (const [key, texts] of en) expect(holes(th.get(key) ?? []), key).toEqual(expect.arrayContaining(holes(texts)))
  })

  it('are spelled as Thai is typed: no แ out of two เ, no ำ out of two marks, no mark on nothing', () => {
    for (const [key, [text = '']] of th) expect(text, key).not.toMatch(/เเ|ํา|(^|\s)[ัิ-ฺ็-๎]/)
  })
})
