import { describe, expect, it, vi } from 'vitest'
import { failure } from '#domain/kernel/failure.ts'
import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { fail, ok } from '#domain/kernel/result.ts'
import type { Values } from '#domain/record-kind.ts'
import { activity } from '#domain/records/activity.ts'
import type { Store } from '#src/store/store.ts'
import type { Edit, HeldChange, RecordView, Saved, SaveResult } from '#src/store/types.ts'
import { createForm } from './form.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const place = newId<RecordId>(random)
const author = newId<StaffId>(random)

/** A store that keeps drafts and remembers what it was asked to save. */
const desk = (
  answer: () => Awaited<SaveResult<Saved>> | SaveResult<Saved> = () => ok({ n: 1, record: place }),
  meanwhile: (asked: number) => void = () => {},
) => {
  const drafts = new Map<string, unknown>()
  const saved: Edit[] = []
  let asked = 0
  const store = {
    savedAs: async (key: string) => {
      const found = saved.findLast((edit) => edit.key === key) ?? null
      meanwhile(++asked)
      return found
    },
    record: async () => ({ base: { epoch: 'e', seq: 7 } }),
    draft: (key: string) => ({
      load: async () => drafts.get(key) ?? null,
      keep: async (value: unknown) => void drafts.set(key, structuredClone(value)),
      discard: async () => void drafts.delete(key),
    }),
    save: async (edit: Edit) => {
      saved.push(edit)
      return answer()
    },
  } as unknown as Store
  const open = (record?: RecordView<Values<typeof activity>>, mends?: HeldChange) =>
    createForm(
      activity,
      { draft: 'one', record, mends, start: { heldOn: '2026-06-16' } },
      { store, person: () => author },
    )
  return { drafts, saved, open, store }
}

const complete = { node: 'temple', type: 'T2', place } as const

describe('a form', () => {
  it('names everything that is missing or wrong at once, and keeps the draft', async () => {
    const { open, drafts, saved } = desk()
    const form = open()
    form.set('from25Female', -1)
    expect(await form.save()).toBeNull()
    expect(Object.keys(form.errors.value).sort()).toEqual(['from25Female', 'node', 'place', 'type'])
    expect(saved).toEqual([])
    expect(drafts.has('one')).toBe(true)
  })

  it('stops blaming a field once it is answered', async () => {
    const form = desk().open()
    await form.save()
    form.fill({ node: 'home', type: 'H1' })
    expect(Object.keys(form.errors.value)).toEqual(['place'])
  })

  it('saves its first answers with what was typed, and forgets the draft', async () => {
    const { open, drafts, saved } = desk()
    const form = open()
    form.fill(complete)
    expect(await form.save()).toBe(form.record)
    expect(saved[0]?.set).toEqual({ ...complete, heldOn: '2026-06-16' })
    expect(drafts.size).toBe(0)
  })

  it('clears an answer that is filled with nothing', () => {
    const form = desk().open()
    form.fill({ ...complete, facilitator: 'ครูดาวเรือง' })
    form.fill({ facilitator: undefined })
    expect(form.values.value).toEqual({ ...complete, heldOn: '2026-06-16' })
  })

  it('is the same record when it is opened again, and another one when begun again', async () => {
    const { open } = desk()
    const first = open()
    first.fill(complete)
    first.fill({ node: 'home', place: undefined })
    await first.save()
    const again = open()
    await again.begin()
    expect(again.record).toBe(first.record)
    expect(again.restored.value).toBe(true)
    expect(again.values.value.node).toBe('home')
    await again.startAgain()
    expect(again.record).not.toBe(first.record)
    expect(again.values.value).toEqual({ heldOn: '2026-06-16' })
    expect(again.restored.value).toBe(false)
  })

  it('mends a held change: what it said and what was altered go in its place', async () => {
    const { open, saved } = desk()
    const record = { id: place, base: { epoch: 'e', seq: 7 }, values: { ...complete, from25Female: 999 } }
    const held = {
      failure: { code: 'invalid-value' },
      n: 12,
      base: null,
      set: { ...complete, heldOn: '2026-06-16', from25Female: 999 },
    }
    const form = open(record as never, held as never)
    form.set('from25Female', 9)
    await form.save()
    expect(saved[0]).toMatchObject({ replaces: 12, base: null, record: place })
    expect(saved[0]?.set).toEqual({ ...held.set, from25Female: 9 })
  })

  it('mends once more what the server has not yet said is mended: what is on the screen goes, not what was held', async () => {
    const { open, saved } = desk()
    const record = { id: place, base: { epoch: 'e', seq: 7 }, values: { ...complete, from25Female: 9 } }
    const held = {
      failure: { code: 'invalid-value' },
      n: 12,
      base: null,
      set: { ...complete, heldOn: '2026-06-16', from25Female: 999 },
    }
    const form = open(record as never, held as never)
    await form.save()
    expect(saved[0]?.set).toEqual({ ...held.set, from25Female: 9 })
  })

  it('mends what is held because the log has no such record with everything that begins one', async () => {
    const { open, saved } = desk()
    const record = {
      id: place,
      base: { epoch: 'e', seq: 7 },
      values: { ...complete, heldOn: '2026-06-16', outcome: 'x' },
    }
    const held = { failure: { code: 'missing-field' }, n: 12, base: { epoch: 'e', seq: 5 }, set: { outcome: 'x' } }
    const form = open(record as never, held as never)
    await form.save()
    expect(saved[0]?.set).toEqual({ ...complete, heldOn: '2026-06-16', outcome: 'x' })
  })

  it('keeps what was typed a moment ago when it is left', async () => {
    const { open, drafts } = desk()
    const form = open()
    form.fill({ node: 'home' })
    await form.rest()
    expect(drafts.get('one')).toMatchObject({ values: { node: 'home' } })
  })

  it('has its draft kept as it is before it saves, so that a tab that dies then finds the same words', async () => {
    const { open, drafts } = desk(() => {
      expect(drafts.get('one')).toMatchObject({ values: complete })
      return ok({ n: 1, record: place })
    })
    const form = open()
    form.fill(complete)
    expect(await form.save()).toBe(form.record)
    expect.assertions(2)
  })

  it('is over when its tab died after the save, and begins anew', async () => {
    const { open, drafts } = desk()
    const form = open()
    form.fill({ ...complete, targetGroups: { TG1: { on: true } } } as never)
    await form.rest()
    const left = drafts.get('one')
    await form.save()
    drafts.set('one', left)
    const again = open()
    await again.begin()
    expect(again.record).not.toBe(form.record)
    expect(again.restored.value).toBe(false)
    expect(drafts.size).toBe(0)
  })

  it('saves only what was altered since, when its tab died after a save', async () => {
    const { open, drafts, saved } = desk()
    const form = open()
    form.fill({ ...complete, from25Female: 9 })
    await form.rest()
    const left = drafts.get('one') as { values: object }
    await form.save()
    const { from25Female: _, ...values } = left.values as Record<string, unknown>
    drafts.set('one', { ...left, values: { ...values, from15Male: 4 } })
    const again = open()
    await again.begin()
    expect(again.restored.value).toBe(true)
    await again.save()
    expect(saved[1]).toMatchObject({ record: form.record, base: { epoch: 'e', seq: 0 }, key: saved[0]!.key })
    expect(saved[1]!.set).toEqual({ from15Male: 4, from25Female: null })
  })

  it('saves as a second change what is typed while it saves', async () => {
    const { open, drafts, saved } = desk(() => {
      if (saved.length === 1) form.fill({ from15Male: 4, from25Female: undefined })
      return ok({ n: saved.length, record: place })
    })
    const form = open()
    form.fill({ ...complete, from25Female: 9 })
    expect(await form.save()).toBe(form.record)
    expect(saved).toHaveLength(2)
    expect(saved[1]).toMatchObject({ record: form.record, base: { epoch: 'e', seq: 0 } })
    expect(saved[1]!.set).toEqual({ from15Male: 4, from25Female: null })
    expect(drafts.size).toBe(0)
  })

  it('saves what is typed while it finds out that nothing was left', async () => {
    const { open, saved } = desk(
      () => {
        if (saved.length === 1) form.fill({ from15Male: undefined })
        return ok({ n: saved.length, record: place })
      },
      (asked) => asked === 1 && form.fill({ from15Male: 4 }),
    )
    const form = open()
    form.fill(complete)
    expect(await form.save()).toBe(form.record)
    expect(saved.map(({ set }) => set)).toEqual([{ ...complete, heldOn: '2026-06-16' }, { from15Male: 4 }])
  })

  it('offers nothing again of what was saved when its tab dies after the second change', async () => {
    let left: unknown
    const { open, drafts, saved } = desk(async () => {
      if (saved.length === 1) {
        form.fill({ from15Male: 4 })
        await vi.waitFor(() => expect(drafts.get('one')).toMatchObject({ values: { from15Male: 4 } }))
      } else left = drafts.get('one')
      return ok({ n: saved.length, record: place })
    })
    const form = open()
    form.fill(complete)
    await form.save()
    expect(saved).toHaveLength(2)
    drafts.set('one', left)
    const again = open()
    await again.begin()
    expect(again.restored.value).toBe(false)
    expect(drafts.size).toBe(0)
  })

  it('says everything again, in the place of what it mends, where it cannot be told what was saved', async () => {
    const held = {
      failure: { code: 'invalid-value' },
      n: 3,
      base: null,
      set: { ...complete, heldOn: '2026-06-16' },
    } as unknown as HeldChange
    const { open, saved } = desk(
      () => {
        if (saved.length === 1) form.fill({ from15Male: 4 })
        return ok({ n: saved.length, record: place })
      },
      () => {
        throw new DOMException('the database does not answer', 'UnknownError')
      },
    )
    const form = open(undefined, held)
    form.fill({ node: 'home', type: 'H1' })
    expect(await form.save()).toBe(form.record)
    expect(saved.map(({ replaces }) => replaces)).toEqual([3, 3])
    expect(saved[1]!.set).toEqual({ ...complete, heldOn: '2026-06-16', node: 'home', type: 'H1', from15Male: 4 })
  })

  it('saves in one name, whoever takes over the tablet meanwhile', async () => {
    const people = [author, newId<StaffId>(random)]
    const { store, saved } = desk(() => {
      if (saved.length === 1) form.fill({ from15Male: 4 })
      return ok({ n: saved.length, record: place })
    })
    const form = createForm(activity, { draft: 'one' }, { store, person: () => people.shift()! })
    form.fill({ ...complete, heldOn: '2026-06-16' })
    await form.save()
    expect(saved.map((edit) => edit.author)).toEqual([author, author])
  })

  it('stays open when what is typed while it saves cannot be saved, and saves it once it is mended', async () => {
    const { open, drafts, saved } = desk(() => {
      if (saved.length === 1) form.fill({ from15Male: -4 })
      return ok({ n: saved.length, record: place })
    })
    const form = open()
    form.fill(complete)
    expect(await form.save()).toBeNull()
    expect(Object.keys(form.errors.value)).toEqual(['from15Male'])
    expect(saved.map(({ set }) => set)).toEqual([{ ...complete, heldOn: '2026-06-16' }])
    expect(drafts.get('one')).toMatchObject({ values: { from15Male: -4 } })
    form.set('from15Male', 4)
    expect(await form.save()).toBe(form.record)
    expect(saved[1]!.set).toEqual({ from15Male: 4 })
  })

  it('mends a held change once, whatever is typed while it saves', async () => {
    const held = {
      failure: { code: 'invalid-value' },
      n: 3,
      base: null,
      set: { ...complete, heldOn: '2026-06-16' },
    } as unknown as HeldChange
    const { open, saved } = desk(() => {
      if (saved.length === 1) form.fill({ from15Male: 4 })
      return ok({ n: saved.length, record: place })
    })
    const form = open(undefined, held)
    form.fill({ ...complete, node: 'home', type: 'H1' })
    await form.save()
    expect(saved.map(({ replaces }) => replaces)).toEqual([3, undefined])
    expect(saved[1]!.set).toEqual({ from15Male: 4 })
  })

  it('tells of a failure that is about no field, and can be saved again as the same change', async () => {
    let full = true
    const { open, saved, drafts } = desk(() =>
      full ? fail({ failure: failure('tablet-full'), fields: [], at: 0 }) : ok({ n: 1, record: place }),
    )
    const form = open()
    form.fill(complete)
    await expect.poll(() => drafts.has('one')).toBe(true)
    expect(await form.save()).toBeNull()
    expect(form.problem.value?.code).toBe('tablet-full')
    expect(drafts.has('one')).toBe(true)
    full = false
    expect(await form.save()).toBe(form.record)
    expect(saved[1]?.key).toBe(saved[0]?.key)
  })
})
