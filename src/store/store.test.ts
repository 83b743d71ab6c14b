import { describe, expect, test } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { activity } from '#domain/records/activity.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { Edit } from './types.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const id = () => newId<RecordId>(random)
const officer = id()
const school = id()

const newActivity = (more: Partial<Edit> = {}): Edit => ({
  kind: 'activity',
  record: id(),
  base: null,
  set: { node: 'school', type: 'talk', place: school, heldOn: '2026-11-23', from15Female: 12 },
  author: officer,
  ...more,
})

describe('saving on this tablet', () => {
  test('what was saved is there at once, and waits to be sent', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    const saved = await store.save(edit)
    expect(saved).toEqual({ ok: true, value: { n: 1, record: edit.record } })
    const view = await store.record<typeof activity>(edit.record)
    expect(view?.values.from15Female).toBe(12)
    expect(view?.safety).toBe('tablet')
    expect(await store.exchange.queue()).toHaveLength(1)
  })
})
