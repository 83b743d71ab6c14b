import { always, signature, word } from '#domain/authority/permission.ts'
import { oneOf } from '#domain/fields/choice.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { reference } from '#domain/fields/reference.ts'
import { text } from '#domain/fields/text.ts'
import { instant } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/**
 * One person in one session; the id is `attendanceId(session, person)`, so that two tablets meet in one record. Without marks it is
 * a place on the roster. A mark is never removed: an undone tap is struck.
 */
export const attendance = defineRecord({
  kind: 'attendance',
  version: 1,
  fields: {
    session: reference('training-session', { index: 'parent' }),
    person: reference('person'),
    marks: keyedSet(
      {
        kind: oneOf(['in', 'out']),
        at: instant(),
        taker: reference('staff'),
        device: text({ max: 22 }),
        struckBy: reference('staff'),
        /** Another time than the tap's own, which stays as it was taken. */
        correctedTo: instant(),
        correctedBy: reference('staff'),
      },
      (_, mark) =>
        mark.at && !mark.struckBy
          ? `${mark.kind} ${new Date((mark.correctedTo ?? mark.at) + 25_200_000).toISOString().slice(11, 16)}`
          : null,
    ),
  },
  required: ['session', 'person'],
  scope: { by: 'parent', field: 'session' },
  read: 'colleagues',
  write: {
    ...always(word('officer', 'trainer', 'supervisor', 'administrator')),
    once: { marks: { open: ['struckBy', 'correctedTo', 'correctedBy'], rewrite: signature('supervisor') } },
    attributed: {
      'marks.taker': 'author',
      'marks.device': 'device',
      'marks.struckBy': 'author',
      'marks.correctedBy': 'author',
    },
    derived: { purpose: 'attendance', from: ['session', 'person'] },
  },
})
