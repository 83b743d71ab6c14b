import type { Folder } from './folder.ts'
import { frame, readFrames } from './frame.ts'

/** Small files that are replaced whole (identity, drafts): the new one is flushed before the old one goes, so that one is always there. */
export interface KeptFiles {
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | null>
  list(): Promise<readonly string[]>
  remove(key: string): Promise<void>
}

interface Version {
  readonly name: string
  readonly key: string
  readonly number: number
}

export const keptFiles = (folder: Folder): KeptFiles => {
  const versions = async (key?: string): Promise<Version[]> =>
    (await folder.list())
      .map(versionOf)
      .filter((one) => one !== null)
      .filter((one) => key === undefined || one.key === key)
      .sort((a, b) => b.number - a.number)

  return {
    async put(key, bytes) {
      const earlier = await versions(key)
      let number = (earlier[0]?.number ?? 0) + 1
      for (;;) {
        const file = await folder.open(nameOf(key, number), true)
        if (typeof file === 'string') {
          number++
          continue
        }
        try {
          file.truncate(0)
          file.write(frame([{ n: number, bytes }]), 0)
          file.flush()
        } finally {
          file.close()
        }
        break
      }
      for (const { name } of earlier) await folder.remove(name)
    },
    async get(key) {
      for (const { name } of await versions(key)) {
        const file = await folder.open(name, false)
        if (typeof file === 'string') continue
        const [entry] = readFrames(file.read()).entries
        file.close()
        if (entry) return entry.bytes
      }
      return null
    },
    async list() {
      return [...new Set((await versions()).map(({ key }) => key))].sort()
    },
    async remove(key) {
      for (const { name } of await versions(key)) await folder.remove(name)
    },
  }
}

const nameOf = (key: string, number: number) => `${encodeURIComponent(key)}~${number}`

const versionOf = (name: string): Version | null => {
  const parts = /^(.*)~(\d+)$/.exec(name)
  return parts && { name, key: decodeURIComponent(parts[1]!), number: Number(parts[2]) }
}
