import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Change } from '#domain/change.ts'
import type { SealedPart } from '#domain/complaint/content.ts'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import type { InterruptedIntake } from '#domain/complaint/interrupted.ts'
import { intakeDraft } from '#domain/complaint/interrupted.ts'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { fail, ok } from '#domain/kernel/result.ts'
import type { Edit } from '#src/store/types.ts'
import { createIntake, type IntakePorts, sendInterrupted } from './intake.ts'
import { findInterrupted } from './interrupted.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const officer = newId<StaffId>(random)
const device = newId<DeviceId>(random)
const list: DeskList = {
  number: 3,
  desk: 'main',
  keys: [{ staff: officer, recipient: 'age1desk' }],
  recovery: 'age1paper',
  root: 'root',
  rootKey: 'sealed',
}

/** A tablet in memory: what it keeps as drafts and what it saves is all that a thief would find. */
const tablet = () => {
  const drafts = new Map<string, unknown>()
  const saved: Edit[] = []
  const state = { full: false }
  const draft = <T>(key: string) => ({
    load: async () => (drafts.get(key) as T) ?? null,
    keep: async (value: T) => {
      if (state.full) throw new DOMException('full', 'QuotaExceededError')
      drafts.set(key, value)
    },
    discard: async () => void drafts.delete(key),
  })
  const ports: IntakePorts = {
    list,
    author: officer,
    device,
    place: undefined,
    now: () => Date.now(),
    random,
    seal: async (text, recipients) => btoa(encodeURIComponent(`${recipients.join('+')}|${text}`)),
    draft: (record) => draft(intakeDraft(record)),
    save: async (edit) => {
      if (state.full) return fail({ failure: { code: 'tablet-full' }, fields: [], at: 0 })
      saved.push(edit)
      return ok({ n: saved.length, record: edit.record })
    },
  }
  const store = {
    draft,
    draftKeys: async () => [...drafts.keys()],
    savedAs: async (key: string) => (saved.findLast((edit) => edit.key === key) ?? null) as Change | null,
  }
  return { ports, store, drafts, saved, state }
}

const inside = (envelope: string) => {
  const [recipients, text] = decodeURIComponent(atob(envelope)).split('|') as [string, string]
  return { recipients, part: JSON.parse(text) as SealedPart }
}
const partsOf = (edit: Edit | undefined) =>
  Object.values(edit?.set.parts as Record<string, { envelope: string }>).map(({ envelope }) => inside(envelope).part)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T13:00:00+07:00') })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('while a complaint is being taken', () => {
  it('a sealed snapshot is at most two seconds behind, also while somebody types without a pause', async () => {
    const { ports, drafts } = tablet()
    const intake = createIntake(ports, null)
    for (let typed = 1; typed <= 20; typed++) {
      intake.set('what', 'ก'.repeat(typed))
      await vi.advanceTimersByTimeAsync(200)
    }
    const kept = drafts.get(intakeDraft(intake.record)) as InterruptedIntake
    const { part, recipients } = inside(kept.parts[0]!.envelope)
    expect(part.answers.what!.length).toBeGreaterThanOrEqual(10)
    expect(part.finished).toBe(false)
    expect(recipients).toBe('age1desk+age1paper')
  })

  it('nothing of what was told lies on the tablet in the clear, only which questions were answered', async () => {
    const { ports, drafts } = tablet()
    const intake = createIntake(ports, null)
    intake.set('name', 'สมหญิง ทดสอบ')
    intake.set('safety', 'unsafe')
    await vi.advanceTimersByTimeAsync(2000)
    const kept = drafts.get(intakeDraft(intake.record)) as InterruptedIntake
    expect(kept.startedOn).toBe('2026-11-23')
    expect(kept.parts.map(({ ticked }) => ticked)).toEqual([['safety', 'who']])
    expect(Object.keys(kept).sort()).toEqual(['parts', 'record', 'startedOn'])
    expect(JSON.stringify(kept)).not.toMatch(/สมหญิง|unsafe|number/)
  })

  it('an intake that nobody began to answer leaves no trace', async () => {
    const { ports, drafts } = tablet()
    const intake = createIntake(ports, null)
    await intake.leave()
    expect(drafts.size).toBe(0)
  })

  it('leaving seals what was told in the last second and forgets it', async () => {
    const { ports, drafts } = tablet()
    const intake = createIntake(ports, null)
    intake.set('what', 'เพิ่งพิมพ์')
    await intake.leave()
    expect(intake.answers.value).toEqual({})
    const kept = drafts.get(intakeDraft(intake.record)) as InterruptedIntake
    expect(inside(kept.parts[0]!.envelope).part.answers.what).toBe('เพิ่งพิมพ์')
    intake.set('what', 'หลังออก')
    await vi.advanceTimersByTimeAsync(5000)
    expect(intake.answers.value).toEqual({})
  })

  it('a full tablet is said, and the answers stay in memory', async () => {
    const { ports, state } = tablet()
    const intake = createIntake(ports, null)
    state.full = true
    intake.set('what', 'ยังอยู่')
    await vi.advanceTimersByTimeAsync(2000)
    expect(intake.unkept.value).toBe(true)
    expect(await intake.submit()).toEqual({ ok: false, failure: { code: 'tablet-full' } })
    expect(intake.answers.value.what).toBe('ยังอยู่')
    state.full = false
    expect((await intake.submit()).ok).toBe(true)
  })
})

describe('a complaint that is sent', () => {
  it('shows nothing but ids, the desk, the day and sizes; who and when are inside', async () => {
    const { ports, saved, drafts } = tablet()
    const intake = createIntake(ports, null)
    intake.set('what', 'เรื่องลับ')
    intake.set('consentToSend', true)
    await vi.advanceTimersByTimeAsync(2000)
    const sent = await intake.submit()
    const [edit] = saved
    const { parts, ...clear } = edit!.set as { parts: Record<string, object> }
    expect(clear).toEqual({ desk: 'main', receivedOn: '2026-11-23' })
    expect(Object.keys(Object.values(parts)[0]!).sort()).toEqual(['envelope', 'on', 'size'])
    expect(edit!.author).toBe(device)
    expect(JSON.stringify(edit)).not.toContain(officer)
    expect(partsOf(edit)).toMatchObject([
      { record: edit!.record, author: officer, list: 3, finished: true, takenAt: Date.now() },
    ])
    expect(sent).toMatchObject({ ok: true, value: { number: partsOf(edit)[0]!.number } })
    expect(drafts.size).toBe(0)
    expect(intake.answers.value).toEqual({})
  })

  it('is sent once, however often the button is pressed', async () => {
    const { ports, saved } = tablet()
    const intake = createIntake(ports, null)
    intake.set('what', 'ครั้งเดียว')
    await Promise.all([intake.submit(), intake.submit()])
    expect(saved).toHaveLength(1)
  })
})

describe('an interrupted intake', () => {
  const interrupt = async () => {
    const here = tablet()
    const intake = createIntake(here.ports, null)
    intake.set('safety', 'unsafe')
    await vi.advanceTimersByTimeAsync(2000)
    const [found] = await findInterrupted(here.store, Date.now())
    return { ...here, found: found! }
  }

  it('goes on in the same case: the desk gets both parts', async () => {
    const { ports, saved, found, drafts } = await interrupt()
    const again = createIntake(ports, found)
    expect(again.tickedBefore).toEqual(['safety'])
    expect(again.answers.value).toEqual({})
    again.set('what', 'เล่าต่อ')
    await vi.advanceTimersByTimeAsync(2000)
    expect((drafts.get(intakeDraft(found.record as RecordId)) as InterruptedIntake).parts).toHaveLength(2)
    await again.submit()
    expect(saved[0]?.record).toBe(found.record)
    expect(partsOf(saved[0]).map(({ answers, finished }) => [answers, finished])).toEqual([
      [{ safety: 'unsafe' }, false],
      [{ what: 'เล่าต่อ' }, true],
    ])
  })

  it('sent as it is carries the consent that was asked for again', async () => {
    const { ports, store, saved, found, drafts } = await interrupt()
    await sendInterrupted(ports, found)
    expect(partsOf(saved[0]).map(({ answers }) => answers)).toEqual([
      { safety: 'unsafe' },
      { consentToSend: true, consentSensitive: true },
    ])
    expect(drafts.size).toBe(0)
    drafts.set(intakeDraft(found.record as RecordId), found)
    expect(await findInterrupted(store, Date.now())).toHaveLength(0)
  })

  it('is none when the tab died after it was sent and before its snapshot went', async () => {
    const { ports, store, drafts, found } = await interrupt()
    const again = createIntake(ports, found)
    again.set('what', 'เล่าต่อ')
    await vi.advanceTimersByTimeAsync(2000)
    const left = drafts.get(intakeDraft(found.record as RecordId))
    expect(await findInterrupted(store, Date.now())).toHaveLength(1)
    await again.submit()
    drafts.set(intakeDraft(found.record as RecordId), left)
    expect(await findInterrupted(store, Date.now())).toHaveLength(0)
    expect(drafts.size).toBe(0)
  })

  it('is destroyed when nobody has decided within seven days', async () => {
    const { store, drafts } = await interrupt()
    const day = 86_400_000
    expect(await findInterrupted(store, Date.now() + 6 * day)).toHaveLength(1)
    expect(await findInterrupted(store, Date.now() + 7 * day)).toHaveLength(0)
    expect(drafts.size).toBe(0)
  })
})
