import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DiffPart, diffWords } from './diff-words.ts'

const whole = (parts: readonly DiffPart[]) => parts.map((part) => part.text).join('')
const kept = (parts: readonly DiffPart[]) => whole(parts.filter((part) => !part.changed))
const changed = (parts: readonly DiffPart[]) => parts.filter((part) => part.changed).map((part) => part.text)

describe('the words that changed between two texts', () => {
  it('marks only the number that was corrected, in a Thai sentence without spaces', () => {
    const diff = diffWords('ตั้งกรรมการ 5 คน', 'ตั้งกรรมการ 7 คน')
    expect(changed(diff.before)).toEqual(['5'])
    expect(changed(diff.after)).toEqual(['7'])
  })

  it('gives both texts back whole and agrees on what stayed, whatever they are', () => {
    const text = fc.array(fc.constantFrom('บ้าน', 'วัด', 'โรงเรียน', ' ', '7', 'คน')).map((words) => words.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = diffWords(before, after)
        expect(whole(diff.before)).toBe(before)
        expect(whole(diff.after)).toBe(after)
        expect(kept(diff.before)).toBe(kept(diff.after))
      }),
    )
  })

  it('shows two very long texts as changed throughout', () => {
    const long = 'คน '.repeat(600)
    expect(diffWords(long, `${long}วัด`).after).toEqual([{ text: `${long}วัด`, changed: true }])
  })
})
