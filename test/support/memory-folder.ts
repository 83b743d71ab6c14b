import type { File, Folder } from '#src/store/folder.ts'

/** A folder as OPFS gives it, in memory. Bytes that were not flushed are gone after `crash`. */
export interface MemoryFolder extends Folder {
  readonly flushed: Map<string, Uint8Array>
  /** The browser dies: every file is closed and keeps only what was flushed. */
  crash(): void
  /** The next write fails as on a full disk. */
  fillUp(full: boolean): void
}

export const memoryFolder = (): MemoryFolder => {
  const flushed = new Map<string, Uint8Array>()
  const locked = new Set<string>()
  let full = false
  let life = 0

  const openFile = (name: string): File => {
    const born = life
    let bytes = flushed.get(name) ?? new Uint8Array()
    const alive = () => {
      if (born !== life) throw new DOMException('this file is of an earlier life', 'InvalidStateError')
    }
    return {
      size: () => bytes.length,
      read: () => bytes.slice(),
      write(more, at) {
        alive()
        const size = full ? at + Math.floor(more.length / 2) : Math.max(bytes.length, at + more.length)
        const next = new Uint8Array(size)
        next.set(bytes.subarray(0, size))
        next.set(more.subarray(0, size - at), at)
        bytes = next
        if (full) throw new DOMException('written in part', 'QuotaExceededError')
      },
      truncate(size) {
        const next = new Uint8Array(size)
        next.set(bytes.subarray(0, size))
        bytes = next
      },
      flush() {
        alive()
        flushed.set(name, bytes.slice())
      },
      close: () => void locked.delete(name),
    }
  }

  return {
    flushed,
    async list() {
      return [...flushed.keys()].sort()
    },
    async open(name, create) {
      if (locked.has(name)) return 'locked'
      if (!flushed.has(name)) {
        if (!create) return 'missing'
        flushed.set(name, new Uint8Array())
      }
      locked.add(name)
      return openFile(name)
    },
    async remove(name) {
      if (!locked.has(name)) flushed.delete(name)
    },
    crash() {
      life++
      locked.clear()
    },
    fillUp(yes) {
      full = yes
    },
  }
}
