import { always, word } from '#domain/authority/permission.ts'
import { reference } from '#domain/fields/reference.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** A participant of training. No national ID, no birth date: what completion does not need is not asked. */
export const person = defineRecord({
  kind: 'person',
  version: 1,
  fields: {
    place: reference('place', { index: 'place' }),
    title: text({ max: 60, personal: true }),
    givenName: text({ max: 120, personal: true }),
    familyName: text({ max: 120, personal: true }),
    nickname: text({ max: 60, personal: true }),
    /** Student or staff number at the place. */
    number: text({ max: 40, personal: true }),
    grade: text({ max: 40 }),
    seat: text({ max: 10 }),
  },
  required: ['place', 'givenName'],
  scope: { by: 'place', field: 'place' },
  read: 'colleagues',
  write: always(word('officer', 'trainer', 'supervisor', 'administrator')),
})
