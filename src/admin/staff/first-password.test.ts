import { describe, expect, test } from 'vitest'
import { firstPassword } from './first-password.ts'

describe('the first password', () => {
  test('is four groups of signs that cannot be mistaken for each other', () => {
    const made = firstPassword((length) => crypto.getRandomValues(new Uint8Array(length)))
    expect(made).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
  })

  test('leaves out the bytes that would make some signs likelier than others', () => {
    const rounds = [new Uint8Array(16).fill(255), new Uint8Array(16).fill(31)]
    expect(firstPassword(() => rounds.shift()!)).toBe('aaaa-aaaa-aaaa-aaaa')
    expect(rounds).toHaveLength(0)
  })
})
