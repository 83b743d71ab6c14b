import { always, word } from '#domain/authority/permission.ts'
import { choice, oneOf } from '#domain/fields/choice.ts'
import { tags } from '#domain/fields/keyed-set.ts'
import { count } from '#domain/fields/number.ts'
import { reference } from '#domain/fields/reference.ts'
import { narrative, text } from '#domain/fields/text.ts'
import { day } from '#domain/fields/time.ts'
import { defineRecord } from '#domain/record-kind.ts'

export const nodes = ['home', 'temple', 'school', 'joint'] as const
export type Node = (typeof nodes)[number]

export const ageBands = ['under15', 'from15', 'from25', 'from60'] as const
export const sexes = ['Female', 'Male', 'Other'] as const
export type HeadcountField = `${(typeof ageBands)[number]}${(typeof sexes)[number]}`

export const headcountFields = ageBands.flatMap((band) => sexes.map((sex) => `${band}${sex}` as HeadcountField))

/** Two tablets that counted differently ask a person; they are never summed or overwritten. */
const headcount = Object.fromEntries(
  headcountFields.map((name) => [name, count({ max: 100_000, merge: 'ask' })]),
) as Record<HeadcountField, ReturnType<typeof count>>

/** What was done at home, temple or school: counts by band, never names. */
export const activity = defineRecord({
  kind: 'activity',
  version: 1,
  fields: {
    node: oneOf(nodes),
    type: choice('activityType'),
    place: reference('place', { index: 'place' }),
    heldOn: day({ index: true }),
    facilitator: text({ max: 200, personal: true }),
    ...headcount,
    rightsAreas: tags('rightsCategory'),
    targetGroups: tags('targetGroup'),
    nhrpAreas: tags('nhrpArea'),
    napAreas: tags('napArea'),
    outcome: narrative({ max: 8000 }),
  },
  required: ['node', 'type', 'place', 'heldOn'],
  rules: [
    {
      name: 'somebody-came',
      blames: 'from25Female',
      holds: (values) => headcountFields.some((name) => (values[name] ?? 0) > 0),
    },
  ],
  scope: { by: 'place', field: 'place' },
  read: 'colleagues',
  write: always(word('officer', 'trainer', 'supervisor', 'administrator')),
  reviewed: true,
})
