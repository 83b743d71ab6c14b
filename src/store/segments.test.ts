import { describe, expect, test } from 'vitest'
import { memoryFolder } from '#test/support/memory-folder.ts'
import { type Entry, frame } from './frame.ts'
import { openSegments, type Segments } from './segments.ts'

const entry = (n: number, size = 20): Entry => ({ n, bytes: new Uint8Array(size).fill(n % 251) })
const numbers = async (segments: Segments) => (await segments.read()).entries.map(({ n }) => n)

describe('the journal of one tab', () => {
  test('what was appended is there after a crash, and the next tab goes on in the same segment', async () => {
    const folder = memoryFolder()
    await (await openSegments(folder)).append([entry(1), entry(2)])
    folder.crash()
    const next = await openSegments(folder)
    expect(await numbers(next)).toEqual([1, 2])
    await next.append([entry(3)])
    expect(await numbers(next)).toEqual([1, 2, 3])
    expect([...folder.flushed.values()].filter(({ length }) => length > 0)).toHaveLength(1)
  })

  test('a segment that was torn, at whatever byte, is read and never written to again', async () => {
    const whole = memoryFolder()
    await (await openSegments(whole)).append([entry(1), entry(2)])
    const name = [...whole.flushed].find(([, bytes]) => bytes.length > 0)![0]
    const bytes = whole.flushed.get(name)!
    for (let cut = bytes.length / 2 + 1; cut < bytes.length; cut++) {
      const folder = memoryFolder()
      folder.flushed.set(name, bytes.slice(0, cut))
      const segments = await openSegments(folder)
      expect(await numbers(segments)).toEqual([1])
      await segments.append([entry(3)])
      expect(folder.flushed.get(name)).toEqual(bytes.slice(0, cut))
      folder.crash()
      expect(await numbers(await openSegments(folder))).toEqual([1, 3])
    }
  })

  test('two tabs have a segment each, and neither reads the other’s', async () => {
    const folder = memoryFolder()
    const one = await openSegments(folder)
    const two = await openSegments(folder)
    await one.append([entry(1)])
    await two.append([entry(2)])
    expect(await one.read()).toMatchObject({ entries: [{ n: 1 }], complete: false })
    expect(await two.read()).toMatchObject({ entries: [{ n: 2 }], complete: false })
    folder.crash()
    expect((await numbers(await openSegments(folder))).sort()).toEqual([1, 2])
  })

  test('at 4 MB the next segment begins, and only the one before is closed', async () => {
    const folder = memoryFolder()
    const segments = await openSegments(folder)
    for (const n of [1, 2, 3]) await segments.append([entry(n, 1_500_000)])
    expect((await segments.closed()).map(({ ns }) => ns)).toEqual([[1, 2]])
    expect((await numbers(segments)).sort()).toEqual([1, 2, 3])
  })

  test('a tab never goes on in what a dead tab left, which nobody could read then', async () => {
    const folder = memoryFolder()
    const living = await openSegments(folder)
    await living.append([entry(1, 1_500_000)])
    folder.flushed.set('segment-000009', frame([entry(2)]))
    for (const n of [3, 4, 5]) await living.append([entry(n, 1_500_000)])
    expect(await numbers(await openSegments(folder))).toContain(2)
  })

  test('the segment that comes next is there before it is needed', async () => {
    const folder = memoryFolder()
    const segments = await openSegments(folder)
    const ready = await folder.list()
    for (const n of [1, 2, 3]) await segments.append([entry(n, 1_500_000)])
    const used = [...folder.flushed].filter(([, bytes]) => bytes.length > 0).map(([name]) => name)
    expect(ready).toEqual(expect.arrayContaining(used))
  })

  test('on a full disk nothing is left behind, and what was there stays', async () => {
    const folder = memoryFolder()
    const segments = await openSegments(folder)
    await segments.append([entry(1)])
    folder.fillUp(true)
    await expect(segments.append([entry(2)])).rejects.toMatchObject({ name: 'QuotaExceededError' })
    folder.fillUp(false)
    await segments.append([entry(3)])
    expect(await numbers(segments)).toEqual([1, 3])
  })

  test('closed segments are removed whole, the live one never', async () => {
    const folder = memoryFolder()
    const segments = await openSegments(folder)
    for (const n of [1, 2, 3]) await segments.append([entry(n, 1_500_000)])
    await segments.remove(await folder.list())
    expect(await numbers(segments)).toEqual([3])
  })
})
