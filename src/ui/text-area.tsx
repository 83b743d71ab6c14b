import { Field, type FieldText } from './field.tsx'

/** Several lines of text; grows with what is typed where the browser can. */
export function TextArea(
  props: FieldText & {
    value: string
    onInput: (text: string) => void
    onBlur?: (() => void) | undefined
    rows?: number | undefined
    placeholder?: string | undefined
    maxLength?: number | undefined
    required?: boolean | undefined
  },
) {
  return (
    <Field {...props}>
      {(aria) => (
        <div class="input input--area">
          <textarea
            {...aria}
            class="input__control"
            value={props.value}
            rows={props.rows ?? 2}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            aria-required={props.required}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
          />
        </div>
      )}
    </Field>
  )
}
