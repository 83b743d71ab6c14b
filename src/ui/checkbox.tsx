import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { FieldMessage } from './field.tsx'
import { Icon } from './icon.tsx'
import './checkbox.css'

export interface CheckboxProps {
  id: string
  label: ComponentChildren
  hint?: string | undefined
  error?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
}

function Box(props: CheckboxProps & { kind: 'checkbox' | 'switch' }) {
  const { id, kind } = props
  return (
    <div class={classes(kind, props.error && `${kind}--error`)}>
      <label class="checkbox__row" for={id}>
        <input
          id={id}
          class="visually-hidden"
          type="checkbox"
          role={kind === 'switch' ? 'switch' : undefined}
          checked={props.checked}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={props.error ? `${id}-error` : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        {kind === 'switch' ? (
          <span class="switch__track" />
        ) : (
          <span class="checkbox__box">
            <Icon name="check" size={20} />
          </span>
        )}
        <span class="checkbox__text">
          <span>{props.label}</span>
          {props.hint && <span class="checkbox__hint">{props.hint}</span>}
        </span>
      </label>
      <FieldMessage id={id} error={props.error} />
    </div>
  )
}

/** One thing to agree to or tick off. */
export const Checkbox = (props: CheckboxProps) => <Box {...props} kind="checkbox" />

/** Something that is on or off at once, without saving. */
export const Switch = (props: CheckboxProps) => <Box {...props} kind="switch" />
