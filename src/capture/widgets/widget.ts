import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { FieldText } from '#src/ui/field.tsx'

/** What every widget is given: its texts, the declaration it is drawn from, the value and what to do with another one. */
export interface WidgetProps<T = Json> extends FieldText {
  /** Kind and field, for the words of values. */
  readonly kind: string
  readonly name: string
  readonly field: Field
  readonly required: boolean
  readonly value: T | undefined
  readonly onChange: (value: T | undefined) => void
}
