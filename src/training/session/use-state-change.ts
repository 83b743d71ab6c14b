import type { FieldSet } from '#domain/change.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { toast } from '#src/ui/toast.tsx'
import type { SessionView } from '../parts/types.ts'
import { useAuthor } from '../parts/use-author.ts'
import { w } from '../words.ts'

/** Re-opening, which says what happened and can be undone. */
export const useStateChange = (session: SessionView) => {
  const { store } = useApp()
  const author = useAuthor()
  const write = async (set: FieldSet, said: string, undo?: FieldSet) => {
    const current = (await store.record(session.id)) ?? session
    const saved = await store.save({
      kind: session.kind,
      record: session.id,
      base: current.base,
      set,
      author: author(),
    })
    if (!saved.ok) return toast(failureText(saved.failure.failure))
    toast(said, undo ? { undo: () => void write(undo, w('undone')) } : {})
  }
  return {
    reopen: () => void write({ state: 'open' }, w('reopened'), { state: 'closed' }),
  }
}
