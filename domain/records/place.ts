import { always, signature } from '#domain/authority/permission.ts'
import { choice, oneOf } from '#domain/fields/choice.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

export const placeTypes = ['home', 'temple', 'church', 'mosque', 'school', 'agency', 'prison', 'online'] as const

/** The node of home, temple and school that a type of place stands for; offices, prisons and the network stand for none. */
const nodeByType = {
  home: 'home',
  temple: 'temple',
  church: 'temple',
  mosque: 'temple',
  school: 'school',
} as const satisfies Partial<Record<(typeof placeTypes)[number], string>>

export const nodeOfPlace = (type: string | undefined): 'home' | 'temple' | 'school' | undefined =>
  (nodeByType as Readonly<Record<string, 'home' | 'temple' | 'school'>>)[type ?? '']

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
  read: 'everybody',
  write: always(signature('supervisor', 'administrator')),
})
