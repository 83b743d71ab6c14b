import type { Field } from '#domain/fields/field.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { t } from '#src/i18n/index.ts'
import { fieldLabel, ruleText } from '#src/i18n/records.ts'
import type { FieldText } from '#src/ui/field.tsx'
import type { Form } from './form.ts'
import { w } from './words.ts'

/** Where a field is shown, and where an error of it is jumped to. */
export const fieldId = (field: string): string => `field-${field}`

const chosen: ReadonlySet<string> = new Set(['one-of', 'choice', 'reference', 'tags'])

/** Oddities are said once everything that is required is there: before that, most of them are only not yet answered. */
const isComplete = <K extends AnyRecordKind>(kind: K, form: Form<K>): boolean =>
  kind.required.every((name) => (form.values.value as Readonly<Record<string, unknown>>)[String(name)] !== undefined)

/** What stands beside a field: its label, and what is wrong or odd about its answer. */
export const fieldText = <K extends AnyRecordKind>(kind: K, form: Form<K>, name: string): FieldText => {
  const error = form.errors.value[name]
  const rule = form.warnings.value[name]
  const label = fieldLabel(kind.kind, name)
  const empty = chosen.has((kind.fields[name] as Field).type) ? t('errors.choose') : t('errors.required')
  return {
    id: fieldId(name),
    label,
    ...(error && { error: error.code === 'missing-field' ? empty : w('form.invalid', { field: label }) }),
    ...(rule && isComplete(kind, form) && { warning: ruleText(kind.kind, rule) }),
  }
}
