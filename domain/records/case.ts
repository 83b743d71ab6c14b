import { always, signature } from '#domain/authority/permission.ts'
import { choice } from '#domain/fields/choice.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { reference } from '#domain/fields/reference.ts'
import { sealed } from '#domain/fields/text.ts'
import { day, instant } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** What the desk does with a complaint: state and next date clear, notes sealed to the desk. Its id is derived from the complaint's. */
export const complaintCase = defineRecord({
  kind: 'case',
  version: 1,
  fields: {
    complaint: reference('complaint', { index: 'parent' }),
    state: choice('complaintStatus'),
    nextOn: day({ index: true }),
    notes: keyedSet({ sealed: sealed({ max: 100_000 }), at: instant(), author: reference('staff') }, () => null),
  },
  required: ['complaint', 'state'],
  scope: { by: 'desk' },
  read: 'desk',
  write: {
    ...always(signature('desk')),
    attributed: { 'notes.author': 'author' },
    derived: { purpose: 'case', from: ['complaint'] },
  },
})
