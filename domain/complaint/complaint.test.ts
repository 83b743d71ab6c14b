import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDay } from '#domain/kernel/day.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { answeredSteps, intakeAnswers, readNote, readPart, type SealedPart } from './content.ts'
import { decideUntil, isOverdue } from './interrupted.ts'
import { pad, paddedLength, unpad } from './padding.ts'
import { groupedNumber, isAskedFor, slipNumber } from './slip-number.ts'

const dayOf = (text: string) => {
  if (!isDay(text)) throw new Error(text)
  return text
}

describe('padding', () => {
  it('gives back what was padded, whatever it ends in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
        expect(unpad(pad(bytes))).toEqual(bytes)
      }),
      { examples: [[new Uint8Array([0x80])], [new Uint8Array([0, 0, 0])], [new Uint8Array()]] },
    )
  })

  it('never shrinks, never grows by more than 12 %, and tells few sizes apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2048, max: 1_000_000 }), (length) => {
        expect(paddedLength(length)).toBeGreaterThanOrEqual(length)
        expect(paddedLength(length)).toBeLessThanOrEqual(length * 1.12)
      }),
    )
    const sizes = new Set(Array.from({ length: 30_000 }, (_, at) => paddedLength(at)))
    expect(sizes.size).toBeLessThan(70)
  })

  it('makes a word and a page the same size', () => {
    expect(pad(new Uint8Array(1)).length).toBe(pad(new Uint8Array(2000)).length)
  })

  it('that is not ours is refused', () => {
    expect(unpad(new Uint8Array(2048))).toBeNull()
    expect(unpad(new Uint8Array([1, 2, 3]))).toBeNull()
  })
})

describe('a slip number', () => {
  it('has 4 signs, none of which is mistaken for another', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (stream) => {
        const random = (length: number) => Uint8Array.from({ length }, () => stream.next().value as number)
        expect(slipNumber(random)).toMatch(/^[A-HJKMNP-Z2-9]{4}$/)
      }),
    )
  })

  it('favours no sign', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const bytes = [byte, ...Array.from({ length: 3 }, () => 0)]
      const first = slipNumber((length) => Uint8Array.from({ length }, () => bytes.shift() ?? 0))[0]!
      if (byte < 248) counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect(counts.size).toBe(31)
    expect(new Set(counts.values())).toEqual(new Set([8]))
  })

  it('of the first slips is read in three groups, and found by any of them', () => {
    expect(groupedNumber('7K4P29XD6MRT')).toBe('7K4P-29XD-6MRT')
    expect(['7k4p', '29XD-6mrt', '7K4P-29XD-6MRT'].every((typed) => isAskedFor('7K4P29XD6MRT', typed))).toBe(true)
  })

  it('is found by all of it and by nothing less', () => {
    expect(groupedNumber('7K4P')).toBe('7K4P')
    expect(['7K4P', ' 7k4p ', '7k-4p'].every((typed) => isAskedFor('7K4P', typed))).toBe(true)
    expect(['', '7K4', '7K4Q', '7K4P2'].some((typed) => isAskedFor('7K4P', typed))).toBe(false)
  })
})

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const [record, other, author] = [1, 2, 3].map(() => newId<RecordId>(random)) as [RecordId, RecordId, RecordId]
const part: SealedPart = {
  format: 1,
  record,
  part: 'a',
  number: '7K4P29XD6MRT',
  author,
  device: author,
  takenAt: 1,
  list: 1,
  finished: true,
  answers: { what: 'เล่าไว้' },
}

describe('what was inside an envelope', () => {
  it('is read when it was made for this record and this part', () => {
    expect(readPart(JSON.stringify(part), record, 'a')).toEqual(part)
  })

  it('is refused when the envelope was swapped with another record’s, or with another part', () => {
    expect(readPart(JSON.stringify(part), other, 'a')).toBe('other-record')
    expect(readPart(JSON.stringify(part), record, 'b')).toBe('other-record')
  })

  it('is called damaged when it cannot be understood', () => {
    expect(readPart('{', record, 'a')).toBe('damaged')
    expect(readPart(JSON.stringify({ ...part, format: 2 }), record, 'a')).toBe('damaged')
  })

  it('of a note counts only for its own case and key', () => {
    const note = { format: 1, case: record, key: 'n', text: 'โทรแล้ว' }
    expect(readNote(JSON.stringify(note), record, 'n')?.text).toBe('โทรแล้ว')
    expect(readNote(JSON.stringify(note), other, 'n')).toBeNull()
    expect(readNote(JSON.stringify(note), record, 'm')).toBeNull()
  })
})

describe('an interrupted intake', () => {
  it('shows which questions were answered; an emptied answer is none', () => {
    expect(answeredSteps(intakeAnswers.parse({ safety: 'safe', name: 'ก', what: '', where: 'ข' }))).toEqual([
      'safety',
      'who',
      'where',
    ])
  })

  it('is destroyed after seven days', () => {
    const intake = { startedOn: dayOf('2026-11-20') }
    expect(isOverdue(intake, dayOf('2026-11-26'))).toBe(false)
    expect(decideUntil(intake)).toBe('2026-11-26')
    expect(isOverdue(intake, dayOf('2026-11-27'))).toBe(true)
  })
})
