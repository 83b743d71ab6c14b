import { choice, oneOf } from '#domain/fields/choice.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

export const placeTypes = ['home', 'temple', 'church', 'mosque', 'school', 'agency', 'prison', 'online'] as const

/** Where things happen. Places are public to everybody who signs in: a list of them holds no person. */
export const place = defineRecord({
  kind: 'place',
  version: 1,
  fields: {
    name: text({ max: 200 }),
    type: oneOf(placeTypes),
    district: choice('district'),
    subdistrict: choice('subdistrict'),
    /** School or temple register code: an opaque text, see the sources' disagreement about its digits. */
    code: text({ max: 40 }),
  },
  required: ['name', 'type'],
  scope: { by: 'province' },
  write: ['supervisor', 'administrator'],
})
