import { describe, expect, test } from 'vitest'
import { makeTablet } from '#test/support/tablet.ts'

describe('drafts', () => {
  test('are kept, listed and discarded, and outlive a crash', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.draft('one').keep({ words: 'a' })
    await store.draft('one').keep({ words: 'ab' })
    await store.draft('two').keep('x')
    store.close()
    for (const folder of Object.values(tablet.disk)) folder.crash()
    const next = await tablet.open()
    expect(await next.draftKeys()).toEqual(['one', 'two'])
    expect(await next.draft('one').load()).toEqual({ words: 'ab' })
    await next.draft('one').discard()
    expect(await next.draft('one').load()).toBeNull()
  })
})
