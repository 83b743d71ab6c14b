import type { File, Folder } from './folder.ts'
import { type Entry, frame, readFrames } from './frame.ts'

export interface Segment {
  readonly name: string
  readonly ns: readonly number[]
}

/**
 * The segments of one tab: one file open for appending, the earlier ones for reading. A segment with a torn tail is never written to
 * again, and nothing is ever cut off: what was flushed stays where it was flushed.
 */
export interface Segments {
  /** Appends all entries and flushes once; throws, leaving nothing behind, when there is no room. */
  append(entries: readonly Entry[]): Promise<void>
  /** Every entry in segments that no other tab is writing. */
  read(): Promise<readonly Entry[]>
  /** Segments that nobody writes any more. */
  closed(): Promise<readonly Segment[]>
  remove(names: readonly string[]): Promise<void>
}

const rotateAt = 4_000_000
const named = /^segment-(\d{6})$/

export const openSegments = async (folder: Folder): Promise<Segments> => {
  let live: { name: string; file: File; end: number } | null = null

  const names = async () => (await folder.list()).filter((name) => named.test(name)).sort()

  const begin = async () => {
    const last = (await names()).at(-1)
    let number = last === undefined ? 1 : Number(named.exec(last)![1])
    for (;;) {
      const name = `segment-${String(number).padStart(6, '0')}`
      const file = await folder.open(name, true)
      if (typeof file !== 'string') {
        const end = file.size()
        if (end < rotateAt && readFrames(file.read()).damaged === 0) return { name, file, end }
        file.close()
      }
      number++
    }
  }

  const contents = async (name: string): Promise<readonly Entry[] | null> => {
    if (live?.name === name) return readFrames(live.file.read()).entries
    const file = await folder.open(name, false)
    if (typeof file === 'string') return null
    try {
      return readFrames(file.read()).entries
    } finally {
      file.close()
    }
  }

  return {
    async append(entries) {
      const bytes = frame(entries)
      if (live && live.end > 0 && live.end + bytes.length > rotateAt) {
        live.file.close()
        live = null
      }
      live ??= await begin()
      try {
        live.file.write(bytes, live.end)
        live.file.flush()
        live.end += bytes.length
      } catch (cause) {
        const { file, end } = live
        live = null
        takeBack(file, end)
        throw cause
      }
    },
    async read() {
      const all: Entry[] = []
      for (const name of await names()) all.push(...((await contents(name)) ?? []))
      return all
    },
    async closed() {
      const segments: Segment[] = []
      for (const name of await names()) {
        const entries = live?.name === name ? null : await contents(name)
        if (entries) segments.push({ name, ns: entries.map(({ n }) => n) })
      }
      return segments
    },
    async remove(removed) {
      for (const name of removed) if (name !== live?.name) await folder.remove(name)
    },
  }
}

/** Undoes a failed append. Whether or not that works, the segment is looked at again before anything more is written to it. */
const takeBack = (file: File, end: number) => {
  try {
    file.truncate(end)
    file.flush()
  } finally {
    file.close()
  }
}
