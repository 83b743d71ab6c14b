import { always, signature, word } from '#domain/authority/permission.ts'
import { reference } from '#domain/fields/reference.ts'
import { narrative, text } from '#domain/fields/text.ts'
import { instant } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** The answer is given by whom it was put to, on any tablet, or on the tablet that it came from. */
const answering = {
  ...word('officer', 'trainer', 'supervisor', 'administrator'),
  addressee: { person: 'to', device: 'toDevice' },
}

/** A return: a supervisor's question on a record, to its author on any tablet, else to the tablet it came from. */
export const question = defineRecord({
  kind: 'question',
  version: 1,
  fields: {
    about: reference('*', { index: 'parent' }),
    to: reference('staff'),
    toDevice: text({ max: 22 }),
    /** Field of the record that the question is about, if it is about one. */
    field: text({ max: 60 }),
    text: narrative({ max: 2000 }),
    answer: narrative({ max: 4000 }),
    answeredAt: instant(),
    answeredBy: reference('staff'),
  },
  required: ['about', 'text'],
  scope: { by: 'parent', field: 'about' },
  read: 'colleagues',
  write: {
    ...always(signature('supervisor')),
    fields: { answer: answering, answeredAt: answering, answeredBy: answering },
    attributed: { answeredBy: 'author' },
  },
})
