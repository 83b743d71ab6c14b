import { describe, expect, it } from 'vitest'
import type { SealedPart } from '#domain/complaint/content.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { openParts, summaryOf } from './open-parts.ts'

const id = () => newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length)))
const [record, other, officer] = [id(), id(), id()]
const part = (key: string, more: Partial<SealedPart> = {}): SealedPart => ({
  format: 1,
  record,
  part: key,
  number: '7K4P29XD6MRT',
  author: officer,
  device: officer,
  takenAt: 1,
  list: 1,
  finished: true,
  answers: {},
  ...more,
})

/** An envelope that opens only with the right key, and says what is in it. */
const sealedTo = (key: string, inside: SealedPart) => ({ envelope: `${key}|${JSON.stringify(inside)}` })
const open = async (envelope: string, identity: string) =>
  envelope.startsWith(`${identity}|`) ? envelope.slice(identity.length + 1) : null

describe('the parts of a complaint', () => {
  it('stand in the order in which they were told', async () => {
    const envelopes = { late: sealedTo('k', part('late', { takenAt: 9 })), early: sealedTo('k', part('early')) }
    expect((await openParts(open, record, envelopes, 'k')).map(({ key }) => key)).toEqual(['early', 'late'])
  })

  it('are not shown when the envelope was swapped with another complaint’s', async () => {
    const envelopes = { a: sealedTo('k', part('a', { record: other, answers: { what: 'ของคนอื่น' } })) }
    const parts = await openParts(open, record, envelopes, 'k')
    expect(parts).toMatchObject([{ key: 'a', state: 'other-record' }])
    expect(summaryOf(parts)).toMatchObject({ readable: false, problem: true, words: [] })
  })

  it('say which of them this key does not open', async () => {
    const envelopes = { mine: sealedTo('k', part('mine')), old: sealedTo('colleague', part('old')) }
    expect((await openParts(open, record, envelopes, 'k')).map(({ state }) => state)).toEqual(['open', 'not-for-you'])
  })
})

describe('the summary of a complaint', () => {
  const told = (more: Partial<SealedPart>) =>
    ({ key: id(), state: 'open', part: part('a', more), envelope: 'e' }) as const

  it('shows the latest answer, and danger when any part tells of it', () => {
    const parts = [
      told({ answers: { safety: 'unsafe', category: 'LAND', district: '5001' } }),
      told({ answers: { safety: 'safe', category: 'TORTURE' } }),
    ]
    expect(summaryOf(parts)).toMatchObject({ category: 'TORTURE', district: '5001', inDanger: true, readable: true })
  })
})
