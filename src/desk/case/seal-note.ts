import type { SealedNote } from '#domain/complaint/content.ts'
import { type DeskList, recipientsOf } from '#domain/complaint/desk-list.ts'
import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'

export interface NoteToSeal {
  readonly text: string
  readonly author: StaffId
  /** The ending of which it is the reason. */
  readonly reasonFor?: string
}

/** A note as it lies in its case, under a key of its own: sealed to everybody at the desk. */
export const sealNote = async (list: DeskList, caseId: RecordId, { text, ...clear }: NoteToSeal) => {
  const { seal } = await import('#src/vault/seal.ts')
  const key = newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length)))
  const note: SealedNote = { format: 1, case: caseId, key, list: list.number, text }
  const sealed = await seal(JSON.stringify(note), recipientsOf(list))
  return { [key]: { on: true, sealed, at: Date.now(), ...clear } }
}
