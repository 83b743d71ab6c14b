import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { fieldText } from './field-text.ts'
import type { Form } from './form.ts'
import { Widget } from './widgets/index.tsx'

/** One field of a form, as its declaration says. */
export function FormField<K extends AnyRecordKind>(props: { kind: K; form: Form<K>; name: string }) {
  const { kind, form, name } = props
  const values = form.values.value as Readonly<Record<string, Json | undefined>>
  const required = kind.required.includes(name)
  return (
    <Widget
      {...fieldText(kind, form, name)}
      optional={!required}
      required={required}
      kind={kind.kind}
      name={name}
      field={kind.fields[name] as Field}
      value={values[name]}
      onChange={(value) => form.set(name as never, value as never)}
    />
  )
}

/** Every field of a kind, in the order of its declaration. */
export const FormFields = <K extends AnyRecordKind>(props: { kind: K; form: Form<K> }) => (
  <>
    {Object.keys(props.kind.fields).map((name) => (
      <FormField key={name} kind={props.kind} form={props.form} name={name} />
    ))}
  </>
)
