import { always, signature } from '#domain/authority/permission.ts'
import { choice } from '#domain/fields/choice.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { count, flag } from '#domain/fields/number.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** What counts as completion. Without an audience it holds for everybody that no other curriculum names. */
export const curriculum = defineRecord({
  kind: 'curriculum',
  version: 1,
  fields: {
    name: text({ max: 200 }),
    audience: choice('gradeBand'),
    /** Minutes attended over distinct modules; the Cabinet's three hours are 180, as a setting. */
    thresholdMinutes: count({ max: 10_000 }),
    requireAllModules: flag(),
    modules: keyedSet({
      order: count({ max: 99 }),
      minutes: count({ max: 600 }),
      th: text({ max: 300 }),
      en: text({ max: 300 }),
    }),
  },
  required: ['name', 'thresholdMinutes'],
  scope: { by: 'province' },
  read: 'everybody',
  write: always(signature('supervisor', 'administrator')),
})
