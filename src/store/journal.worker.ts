/// <reference lib="webworker" />
import type { File, Folder } from './folder.ts'
import type { Call, JournalCalls, Reply } from './journal-messages.ts'
import { type KeptFiles, keptFiles } from './kept-files.ts'
import { openSegments, type Segments } from './segments.ts'

interface Opened {
  readonly segments: Segments
  readonly identity: KeptFiles
  readonly drafts: KeptFiles
}

let opened: Opened | null = null

const isLocked = (cause: unknown) => cause instanceof DOMException && cause.name === 'NoModificationAllowedError'
const isMissing = (cause: unknown) => cause instanceof DOMException && cause.name === 'NotFoundError'

const opfsFile = (handle: FileSystemSyncAccessHandle): File => ({
  size: () => handle.getSize(),
  read: () => {
    const bytes = new Uint8Array(handle.getSize())
    handle.read(bytes, { at: 0 })
    return bytes
  },
  write: (bytes, at) => {
    if (handle.write(bytes as Uint8Array<ArrayBuffer>, { at }) !== bytes.length)
      throw new DOMException('written in part', 'QuotaExceededError')
  },
  truncate: (size) => handle.truncate(size),
  flush: () => handle.flush(),
  close: () => handle.close(),
})

const opfsFolder = (directory: FileSystemDirectoryHandle): Folder => ({
  async list() {
    const names: string[] = []
    for await (const name of directory.keys()) names.push(name)
    return names
  },
  async open(name, create) {
    try {
      const file = await directory.getFileHandle(name, { create })
      return opfsFile(await file.createSyncAccessHandle())
    } catch (cause) {
      if (isLocked(cause)) return 'locked'
      if (isMissing(cause)) return 'missing'
      throw cause
    }
  },
  async remove(name) {
    try {
      await directory.removeEntry(name)
    } catch (cause) {
      if (!isMissing(cause) && !isLocked(cause)) throw cause
    }
  },
})

const open = async (): Promise<Opened> => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('bowon', { create: true })
  const folder = async (name: string) => opfsFolder(await root.getDirectoryHandle(name, { create: true }))
  return {
    segments: await openSegments(await folder('journal')),
    identity: keptFiles(await folder('identity')),
    drafts: keptFiles(await folder('drafts')),
  }
}

const calls: { [K in keyof JournalCalls]: (...parts: Parameters<JournalCalls[K]>) => Promise<unknown> } = {
  async open() {
    opened ??= await open()
    return { isNew: opened.segments.isNew }
  },
  append: async (entries) => opened!.segments.append(entries),
  read: async () => opened!.segments.read(),
  closed: async () => opened!.segments.closed(),
  drop: async (names) => opened!.segments.remove(names),
  async erase() {
    await opened!.segments.erase()
    for (const files of [opened!.identity, opened!.drafts])
      for (const key of await files.list()) await files.remove(key)
  },
  put: async (folder, key, bytes) => opened![folder].put(key, bytes),
  get: async (folder, key) => opened![folder].get(key),
  list: async (folder) => opened![folder].list(),
  remove: async (folder, key) => opened![folder].remove(key),
}

const answer = async ({ id, name, with: parts }: Call): Promise<Reply> => {
  try {
    return { id, value: await (calls[name] as (...all: readonly unknown[]) => Promise<unknown>)(...parts) }
  } catch (cause) {
    const { name: error, message } = cause as Error
    return { id, error: { name: error, message } }
  }
}

// One call after the other: an append is never between the halves of another.
let last: Promise<unknown> = Promise.resolve()
addEventListener('message', ({ data }: MessageEvent<Call>) => {
  last = last.then(async () => postMessage(await answer(data)))
})
