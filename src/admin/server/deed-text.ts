import { isId } from '#domain/kernel/id.ts'
import { kindName } from '#src/i18n/records.ts'
import th from '#src/i18n/th/admin.ts'
import type { Names } from '#src/session/names.ts'
import { w } from '../words.ts'

/** A line of the access log. */
export interface Deed {
  readonly seq: number
  readonly at: number
  readonly staff: string | null
  readonly device: string | null
  readonly act: string
  readonly subject: string | null
}

const isAct = (act: string): act is keyof typeof th.log.acts => Object.hasOwn(th.log.acts, act)
export const actText = (act: string): string => (isAct(act) ? w(`log.acts.${act}`) : act)

interface Tablet {
  readonly id: string
  readonly values: { readonly name?: string; readonly device?: string }
}

/** Whom or what it was done to: somebody or a tablet by name, an export by its kind, a key not at all, anything else by its number. */
export const subjectText = ({ act, staff, subject }: Deed, names: Names, tablets: readonly Tablet[]): string => {
  if (!subject || subject === staff) return ''
  // the number of a key tells nobody anything
  if (act === 'registered-key' || act === 'cut-key' || act === 'restored') return ''
  const list = /^list (\d+)/.exec(subject)
  if (list) return w('log.list', { n: list[1]! })
  if (act === 'exported') {
    const [kind = '', personal, from, to, rows, people] = subject.split(' ')
    if (kind === 'envelopes') return w('log.envelopes', { n: Number(personal) })
    const size = rows ? [w('log.rows', { n: Number(rows) }), w('log.people', { n: Number(people) })].join(', ') : ''
    return [kindName(kind), personal && w('log.personal'), from, to, size].filter(Boolean).join(' ')
  }
  if (isId(subject) && names.staff.value.some(({ id }) => id === subject)) return names.staffName(subject)
  return tablets.find(({ id, values }) => id === subject || values.device === subject)?.values.name ?? subject
}
