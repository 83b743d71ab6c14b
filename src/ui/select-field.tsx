import { Field, type FieldText } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SelectOption<V extends string> {
  value: V
  label: string
  group?: string
}

/** The browser's own list, in our frame. `placeholder` is the empty choice; without it a value is always chosen. */
export function SelectField<V extends string>(
  props: FieldText & {
    value: V | ''
    options: readonly SelectOption<V>[]
    onChange: (value: V | '') => void
    placeholder?: string | undefined
    required?: boolean | undefined
  },
) {
  const groups = [...new Set(props.options.map((option) => option.group))]
  const items = (group: string | undefined) =>
    props.options
      .filter((option) => option.group === group)
      .map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))
  return (
    <Field {...props}>
      {(aria) => (
        <div class="input input--select">
          <select
            {...aria}
            class="input__control"
            value={props.value}
            aria-required={props.required}
            onChange={(event) => props.onChange(event.currentTarget.value as V | '')}
          >
            {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
            {groups.map((group) =>
              group ? (
                <optgroup key={group} label={group}>
                  {items(group)}
                </optgroup>
              ) : (
                items(undefined)
              ),
            )}
          </select>
          <Icon name="chevron-down" />
        </div>
      )}
    </Field>
  )
}
