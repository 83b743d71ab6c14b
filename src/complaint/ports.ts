import { intakeDraft } from '#domain/complaint/interrupted.ts'
import type { App } from '#src/session/context.ts'
import type { IntakePorts } from './intake.ts'

/** Why complaints cannot be taken here; null when they can. */
export type Closed = 'no-key' | 'browser'

/** The ports of an intake on this tablet, or null while the desk has no key or nobody works here. */
export const intakePorts = ({ store, session, syncNow }: App): IntakePorts | null => {
  const { desk, device } = store.people.identity.peek()
  const person = session.person.peek()
  if (!desk || !person) return null
  const { places } = person.standing
  return {
    list: desk.list,
    author: person.id,
    device,
    place: places.length === 1 && places[0] !== '*' ? places[0] : undefined,
    now: () => Date.now(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    seal: async (text, recipients) => (await import('#src/vault/seal.ts')).seal(text, recipients),
    draft: (record) => store.draft(intakeDraft(record)),
    save: async (edit) => {
      const saved = await store.save(edit)
      if (saved.ok) syncNow()
      return saved
    },
  }
}
