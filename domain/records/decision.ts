import { always, signature } from '#domain/authority/permission.ts'
import { oneOf } from '#domain/fields/choice.ts'
import { count } from '#domain/fields/number.ts'
import { reference } from '#domain/fields/reference.ts'
import { text } from '#domain/fields/text.ts'
import { instant } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** An approval. It names the sequence number it approves; what is written later is *changed since approval*. */
export const decision = defineRecord({
  kind: 'decision',
  version: 1,
  fields: {
    about: reference('*', { index: 'parent' }),
    verdict: oneOf(['approved', 'revoked']),
    /** Sequence number of the record as the supervisor saw it. */
    seen: count({ max: Number.MAX_SAFE_INTEGER }),
    epoch: text({ max: 22 }),
    note: text({ max: 1000 }),
    decidedAt: instant(),
  },
  required: ['about', 'verdict', 'seen'],
  scope: { by: 'parent', field: 'about' },
  read: 'colleagues',
  write: always(signature('supervisor')),
})
