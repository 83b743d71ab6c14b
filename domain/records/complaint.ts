import { signature, word } from '#domain/authority/permission.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { count } from '#domain/fields/number.ts'
import { sealed, text } from '#domain/fields/text.ts'
import { day } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** Bytes of ciphertext that one part may hold; its text is bounded long before. */
const maxEnvelope = 400_000

/** Whoever tells it is inside the seal: any enrolled tablet may begin one, and continue only what it began. */
const taken = word('officer', 'trainer', 'supervisor', 'desk', 'administrator')

/**
 * The sealed envelope and nothing else. What stays clear is all that this declaration has (docs/security.md): author, place, category,
 * urgency and exact time are inside. An intake that was interrupted and continued has several parts, and the desk sees each.
 */
export const complaint = defineRecord({
  kind: 'complaint',
  version: 1,
  fields: {
    desk: text({ max: 40 }),
    receivedOn: day(),
    parts: keyedSet({ envelope: sealed({ max: maxEnvelope }), size: count({ max: maxEnvelope }) }, () => null),
  },
  required: ['desk', 'receivedOn', 'parts'],
  scope: { by: 'desk' },
  read: 'desk',
  unsigned: true,
  write: {
    begin: taken,
    alter: signature('desk'),
    withdraw: signature('desk'),
    // each save of an intake says these again
    fields: {
      parts: { ...taken, origin: true },
      desk: { ...taken, origin: true },
      receivedOn: { ...taken, origin: true },
    },
    once: { parts: { open: [], rewrite: signature('desk') } },
  },
})
