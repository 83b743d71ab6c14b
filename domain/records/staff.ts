import { always, signature } from '#domain/authority/permission.ts'
import { keyedSet, references } from '#domain/fields/keyed-set.ts'
import { flag } from '#domain/fields/number.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** The public part of a member of staff: who it is, what they may do, and where. Their password is no record. */
export const staff = defineRecord({
  kind: 'staff',
  version: 1,
  fields: {
    name: text({ max: 200 }),
    position: text({ max: 200 }),
    /** Keys are role names; see `domain/roles.ts`. */
    roles: keyedSet({}),
    places: references('place'),
    wholeProvince: flag(),
    active: flag(),
  },
  required: ['name'],
  scope: { by: 'province' },
  read: 'colleagues',
  ownReads: true,
  write: { ...always(signature('administrator')), informed: true },
})
