import type { Entry } from './frame.ts'
import type { Contents, Segment } from './segments.ts'

/** What a page may ask of its journal worker, and what each answers. */
export interface JournalCalls {
  open(): { readonly isNew: boolean }
  append(entries: readonly Entry[]): null
  read(): Contents
  closed(): readonly Segment[]
  drop(names: readonly string[]): null
  erase(): null
  put(folder: 'identity' | 'drafts', key: string, bytes: Uint8Array): null
  get(folder: 'identity' | 'drafts', key: string): Uint8Array | null
  list(folder: 'identity' | 'drafts'): readonly string[]
  remove(folder: 'identity' | 'drafts', key: string): null
}

export type CallName = keyof JournalCalls

export interface Call {
  readonly id: number
  readonly name: CallName
  readonly with: readonly unknown[]
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  /** `name` is the DOMException's: QuotaExceededError and the like. */
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } }
