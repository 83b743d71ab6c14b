import { always, word } from '#domain/authority/permission.ts'
import { choice, oneOf } from '#domain/fields/choice.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { count } from '#domain/fields/number.ts'
import { reference } from '#domain/fields/reference.ts'
import { narrative, text } from '#domain/fields/text.ts'
import { day, timeOfDay } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** One meeting of a training. Its roster is the attendance records that name it. */
export const trainingSession = defineRecord({
  kind: 'training-session',
  version: 1,
  fields: {
    place: reference('place', { index: 'place' }),
    heldOn: day({ index: true }),
    startsAt: timeOfDay(),
    endsAt: timeOfDay(),
    title: text({ max: 200 }),
    audience: choice('gradeBand'),
    /** By module code: minutes planned and, once delivered, actual. */
    modules: keyedSet(
      {
        order: count({ max: 99 }),
        planned: count({ max: 600 }),
        actual: count({ max: 600 }),
        trainer: reference('staff'),
      },
      (code, module) => `${code}=${module.actual ?? module.planned ?? 0}`,
    ),
    /** By staff id, or by a made key for a guest, whose name is then written. */
    trainers: keyedSet({ name: text({ max: 200, personal: true }) }, (id, trainer, words) =>
      trainer.name ? words.guest(trainer.name) : words.name(id),
    ),
    state: oneOf(['open', 'closed']),
    note: narrative({ max: 4000 }),
  },
  required: ['place', 'heldOn'],
  rules: [
    {
      name: 'ends-after-start',
      blames: 'endsAt',
      holds: ({ startsAt, endsAt }) => !startsAt || !endsAt || endsAt > startsAt,
    },
  ],
  scope: { by: 'place', field: 'place' },
  read: 'colleagues',
  write: always(word('officer', 'trainer', 'supervisor', 'administrator')),
  reviewed: true,
})
