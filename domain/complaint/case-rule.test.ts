import { describe, expect, it } from 'vitest'
import lists from '#domain/seed/code-lists.json' with { type: 'json' }
import { caseFault, type Decided, isProtected } from './case-rule.ts'

const fault = (state: string, more: Partial<Decided> = {}) =>
  caseFault({ state, categories: [], hasReason: false, ...more })
const protectedCategories = ['TORTURE', 'SEXUAL-VIOLENCE', 'CHILD-VIOLENCE']

describe('what a case may come to', () => {
  it.each(protectedCategories)('%s is not mediated, and does not end without a reason', (category) => {
    const categories = ['LAND', category]
    expect(fault('mediating', { categories })).toBe('mediation')
    expect(fault('mediating', { categories, hasReason: true })).toBe('mediation')
    for (const state of ['closed', 'rejected', 'withdrawn']) {
      expect(fault(state, { categories })).toBe('no-reason')
      expect(fault(state, { categories, hasReason: true })).toBeNull()
    }
    expect(fault('investigating', { categories })).toBeNull()
  })

  it('any other category may be mediated', () => {
    expect(fault('mediating', { categories: ['LAND'] })).toBeNull()
    expect(fault('mediating')).toBeNull()
  })

  it('of what is still sealed here it says that it cannot know, and never that all is well', () => {
    expect(fault('mediating', { categories: null })).toBe('unread')
    expect(fault('closed', { categories: null })).toBe('unread')
    expect(fault('screening', { categories: null })).toBeNull()
  })

  it('protects categories that every province begins with, and that show whom to call', () => {
    const seeded = lists.rightsCategory.items.filter(({ code }) => isProtected(code))
    expect(seeded.map(({ code }) => code)).toEqual(protectedCategories)
    expect(seeded.every((item) => 'urgent' in item && item.urgent)).toBe(true)
  })
})
