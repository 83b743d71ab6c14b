import { Field, type FieldText } from './field.tsx'
import { usePrivacy } from './private-fields.ts'

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
  const privacy = usePrivacy()
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
            {...privacy}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
          />
        </div>
      )}
    </Field>
  )
}
