import { always, signature } from '#domain/authority/permission.ts'
import { references } from '#domain/fields/keyed-set.ts'
import { count, flag } from '#domain/fields/number.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** The server's to write. */
const nobodys = signature()

/**
 * What an administrator enrols (docs/authority.md, A5): for which places a tablet is, and whom it admits in guarded roles. Whatever is read or
 * written on it is within both.
 */
export const tablet = defineRecord({
  kind: 'tablet',
  version: 1,
  fields: {
    name: text({ max: 60 }),
    places: references('place'),
    wholeProvince: flag(),
    /** Members of staff with a guarded role; others need no leave. */
    admits: references('staff'),
    /** `enrolmentHash` of its one-time code. */
    code: text({ max: 64 }),
    /** The code counts no longer from then, in milliseconds since 1970. */
    codeUntil: count({ max: Number.MAX_SAFE_INTEGER }),
    /** Which device it is, once somebody has used the code there. */
    device: text({ max: 22 }),
  },
  required: ['name'],
  rules: [
    {
      name: 'nowhere',
      blames: 'places',
      holds: ({ wholeProvince, places }) => wholeProvince === true || Object.keys(places ?? {}).length > 0,
    },
  ],
  scope: { by: 'province' },
  read: 'administrators',
  write: { ...always(signature('administrator')), informed: true, fields: { device: nobodys } },
})
