import { always, signature } from '#domain/authority/permission.ts'
import { count, flag } from '#domain/fields/number.ts'
import { reference } from '#domain/fields/reference.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/**
 * A person's signing key on one tablet (docs/authority.md). The server alone writes it, for whoever has just shown their password there.
 * Its public half never alters; it goes from open to ended, to cut, and never back.
 */
export const key = defineRecord({
  kind: 'key',
  version: 1,
  fields: {
    person: reference('staff'),
    device: text({ max: 22 }),
    /** Ed25519, raw, base64url. */
    public: text({ max: 43 }),
    /** The key's own signature over `keyText`, which shows that whoever registered it has its private half. */
    proof: text({ max: 86 }),
    /** Lines with a greater `n` no longer count. */
    endedAt: count({ max: Number.MAX_SAFE_INTEGER }),
    /** Whatever comes from now on is held, whatever its `n`. */
    cut: flag(),
  },
  required: ['person', 'device', 'public', 'proof'],
  scope: { by: 'province' },
  read: 'administrators',
  // nobody's line: no role has this permission
  write: always(signature()),
})
