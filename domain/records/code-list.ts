import { always, signature } from '#domain/authority/permission.ts'
import { keyedSet } from '#domain/fields/keyed-set.ts'
import { count, flag } from '#domain/fields/number.ts'
import { text } from '#domain/fields/text.ts'
import { defineRecord } from '#domain/record-kind.ts'

/** A list of codes that administrators edit. Its id is `codeListId(name)`. A retired code stays, so that old records keep their label. */
export const codeList = defineRecord({
  kind: 'code-list',
  version: 1,
  fields: {
    name: text({ max: 60 }),
    note: text({ max: 400 }),
    items: keyedSet({
      order: count({ max: 100_000 }),
      th: text({ max: 300 }),
      en: text({ max: 300 }),
      retired: flag(),
      /** False while no source confirms the wording. */
      confirmed: flag(),
      /** Complaint category that shows at once whom to call. */
      urgent: flag(),
      /** Activity type: the node it belongs to. */
      node: text({ max: 20 }),
      /** Hotline: the number to dial. */
      number: text({ max: 40 }),
      /** Sub-district: its district, and its postcode. */
      parent: text({ max: 40 }),
      postcode: text({ max: 10 }),
    }),
  },
  required: ['name'],
  scope: { by: 'province' },
  read: 'everybody',
  write: { ...always(signature('administrator')), derived: { purpose: 'code-list', from: ['name'] } },
})
