import { newId, type RecordId } from '#domain/kernel/id.ts'
import { decision } from '#domain/records/decision.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import { w } from './words.ts'

export interface Deciding {
  /** Approves the record as it is shown; true once it is saved here. The toast takes it back. */
  approve(record: RecordView): Promise<boolean>
  /** A later decision that ends an approval. */
  revoke(record: RecordView): Promise<boolean>
  /** Takes back a question, or a decision just made. */
  takeBack(id: RecordId, reason: string): Promise<boolean>
}

/** What a supervisor decides, each a change like any other. */
export const useDeciding = (): Deciding => {
  const { store, session } = useApp()
  const save = async (edit: Omit<Parameters<typeof store.save>[0], 'author'>) => {
    const person = session.person.peek()
    if (!person) return null
    const saved = await store.save({ ...edit, author: person.id })
    if (!saved.ok) toast(failureText(saved.failure.failure))
    return saved.ok ? saved.value.record : null
  }
  const decide = (record: RecordView, verdict: 'approved' | 'revoked') =>
    save({
      kind: decision.kind,
      record: newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length))),
      base: null,
      set: { about: record.id, verdict, seen: record.seq, epoch: record.base.epoch, decidedAt: Date.now() },
    })
  const takeBack = async (id: RecordId, reason: string) => {
    const found = await store.record(id)
    if (!found) return false
    return (await save({ kind: found.kind, record: id, base: found.base, set: { withdrawn: { reason } } })) !== null
  }
  return {
    async approve(record) {
      const made = await decide(record, 'approved')
      if (made) toast(w('approved.done'), { undo: () => void takeBack(made, w('approved.undone')) })
      return made !== null
    },
    async revoke(record) {
      const made = await decide(record, 'revoked')
      if (made) toast(w('approved.revoked'), { undo: () => void takeBack(made, w('approved.undone')) })
      return made !== null
    },
    takeBack,
  }
}
