import type { Folder } from './folder.ts'
import { frame, readFrames } from './frame.ts'

/**
 * Small files that are replaced whole (identity, drafts). Each has two slots that are written in turn, so that one whole version is
 * always there; the slots keep their names, because browsers do not flush a new name with the bytes.
 */
export interface KeptFiles {
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | null>
  list(): Promise<readonly string[]>
  remove(key: string): Promise<void>
}

interface Version {
  readonly slot: number
  /** 0 when the slot holds nothing whole. */
  readonly number: number
  readonly bytes: Uint8Array | null
}

export const keptFiles = (folder: Folder): KeptFiles => {
  const read = async (key: string, slot: number): Promise<Version> => {
    const file = await folder.open(nameOf(key, slot), false)
    if (typeof file === 'string') return { slot, number: 0, bytes: null }
    const [entry] = readFrames(file.read()).entries
    file.close()
    return { slot, number: entry?.n ?? 0, bytes: entry?.bytes ?? null }
  }

  const newestFirst = async (key: string): Promise<readonly Version[]> => {
    const versions = [await read(key, 0), await read(key, 1)]
    return versions.sort((a, b) => b.number - a.number)
  }

  return {
    async put(key, bytes) {
      const [newest, oldest] = (await newestFirst(key)) as [Version, Version]
      const name = nameOf(key, newest.number === 0 ? 0 : oldest.slot)
      const file = await folder.open(name, true)
      if (typeof file === 'string') throw new DOMException('another tab is writing it', 'NoModificationAllowedError')
      try {
        file.truncate(0)
        file.write(frame([{ n: newest.number + 1, bytes }]), 0)
        file.flush()
      } finally {
        file.close()
      }
    },
    get: async (key) => (await newestFirst(key))[0]!.bytes,
    async list() {
      const keys = (await folder.list()).map(keyOf).filter((key) => key !== null)
      return [...new Set(keys)].sort()
    },
    async remove(key) {
      // the newest last: whoever dies in between must not find an older one
      for (const { slot } of [...(await newestFirst(key))].reverse()) await folder.remove(nameOf(key, slot))
    },
  }
}

const nameOf = (key: string, slot: number) => `${encodeURIComponent(key)}~${slot}`

const keyOf = (name: string): string | null => {
  const parts = /^(.*)~[01]$/.exec(name)
  return parts && decodeURIComponent(parts[1]!)
}
