import type { File, Folder } from './folder.ts'
import { type Entry, frame, readFrames } from './frame.ts'

export interface Segment {
  readonly name: string
  readonly ns: readonly number[]
}

export interface Contents {
  readonly entries: readonly Entry[]
  /** False when another tab is writing a segment, which could not be read. */
  readonly complete: boolean
}

/**
 * The segments of one tab: one file open for appending, the earlier ones for reading. A segment with a torn tail is never written to
 * again, and nothing is ever cut off: what was flushed stays where it was flushed.
 */
export interface Segments {
  /** No segment was there when it was opened. */
  readonly isNew: boolean
  /** Appends all entries and flushes once; throws, leaving nothing behind, when there is no room. */
  append(entries: readonly Entry[]): Promise<void>
  read(): Promise<Contents>
  /** Segments with something in them that nobody writes any more. */
  closed(): Promise<readonly Segment[]>
  remove(names: readonly string[]): Promise<void>
  /** Deletes everything that no other tab is writing, this tab's own segment included, and begins anew. */
  erase(): Promise<void>
}

interface Live {
  readonly name: string
  readonly file: File
  end: number
}

const rotateAt = 4_000_000
const named = /^segment-(\d{6})$/
const nameOf = (number: number) => `segment-${String(number).padStart(6, '0')}`

export const openSegments = async (folder: Folder): Promise<Segments> => {
  const names = async () => (await folder.list()).filter((name) => named.test(name)).sort()

  /** A file that this tab alone may append to; null when it is another tab's, full or damaged. */
  const take = async (name: string, create: boolean, room: number): Promise<Live | null> => {
    const file = await folder.open(name, create)
    if (typeof file === 'string') return null
    const end = file.size()
    if ((end === 0 || end + room <= rotateAt) && readFrames(file.read()).damaged === 0) return { name, file, end }
    file.close()
    return null
  }

  /**
   * A tab that opens goes on with the newest segment that has room, because it reads all of them then. Later it takes an empty one: what a
   * dead tab left would lie behind this tab's lock, and nobody would read it.
   */
  const begin = async (room: number, isOpening = false): Promise<Live> => {
    let empty: Live | null = null
    for (const name of (await names()).reverse()) {
      const found = await take(name, false, room)
      if (!found) continue
      if (found.end > 0 && !isOpening) {
        found.file.close()
        continue
      }
      empty?.file.close()
      if (found.end > 0) return found
      empty = found
    }
    for (let number = (await lastNumber()) + 1; !empty; number++) empty = await take(nameOf(number), true, room)
    return empty
  }

  const lastNumber = async () => Number(named.exec((await names()).at(-1) ?? '')?.[1] ?? 0)

  /** One empty file always lies ready: browsers do not flush the name of a new file with its bytes, so a name should be old when it is needed. */
  const prepareNext = async () => {
    for (const name of await names()) {
      if (name === live?.name) continue
      const file = await folder.open(name, false)
      if (typeof file === 'string') continue
      const isEmpty = file.size() === 0
      file.close()
      if (isEmpty) return
    }
    const file = await folder.open(nameOf((await lastNumber()) + 1), true)
    if (typeof file !== 'string') file.close()
  }

  const isNew = (await names()).length === 0
  let live: Live | null = await begin(0, true)
  await prepareNext()

  const contents = async (name: string): Promise<readonly Entry[] | null> => {
    if (live?.name === name) return readFrames(live.file.read()).entries
    const file = await folder.open(name, false)
    if (typeof file === 'string') return file === 'missing' ? [] : null
    try {
      return readFrames(file.read()).entries
    } finally {
      file.close()
    }
  }

  return {
    isNew,
    async append(entries) {
      const bytes = frame(entries)
      if (live && live.end > 0 && live.end + bytes.length > rotateAt) {
        live.file.close()
        live = null
      }
      if (!live) {
        live = await begin(bytes.length)
        await prepareNext()
      }
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
      const parts = await inTurn(await names(), contents)
      return { entries: parts.flatMap((part) => part ?? []), complete: !parts.includes(null) }
    },
    async closed() {
      const others = (await names()).filter((name) => name !== live?.name)
      const parts = await inTurn(others, contents)
      return others
        .map((name, index) => ({ name, ns: parts[index]?.map(({ n }) => n) ?? [] }))
        .filter(({ ns }) => ns.length > 0)
    },
    async remove(removed) {
      for (const name of removed) if (name !== live?.name) await folder.remove(name)
    },
    async erase() {
      live?.file.truncate(0)
      live?.file.flush()
      live?.file.close()
      live = null
      for (const name of await names()) await folder.remove(name)
      live = await begin(0)
      await prepareNext()
    },
  }
}

const inTurn = async <T>(names: readonly string[], ask: (name: string) => Promise<T>): Promise<T[]> => {
  const answers: T[] = []
  for (const name of names) answers.push(await ask(name))
  return answers
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
