import { always, signature } from '#domain/authority/permission.ts'
import { choice } from '#domain/fields/choice.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { reference } from '#domain/fields/reference.ts'
import { sealed } from '#domain/fields/text.ts'
import { day, instant } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/**
 * What the desk does with a complaint: state and next date clear, notes sealed to the desk. Its id is derived from the complaint's. Two
 * decisions that had not seen each other both stay until a member settles them.
 */
export const complaintCase = defineRecord({
  kind: 'case',
  version: 1,
  fields: {
    complaint: reference('complaint', { index: 'parent' }),
    /** Absent where somebody wrote a note and nobody has decided yet: it is `received`. */
    state: choice('complaintStatus', { merge: 'ask' }),
    nextOn: day({ index: true, merge: 'ask' }),
    notes: keyedSet(
      {
        sealed: sealed({ max: 100_000 }),
        at: instant(),
        author: reference('staff'),
        /** The ending that this note is the reason of; taken away when the case goes on. */
        reasonFor: choice('complaintStatus'),
      },
      () => null,
    ),
  },
  required: ['complaint'],
  scope: { by: 'desk' },
  read: 'desk',
  write: {
    ...always(signature('desk')),
    attributed: { 'notes.author': 'author' },
    derived: { purpose: 'case', from: ['complaint'] },
  },
})
