import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { FieldMessage, type FieldText } from './field.tsx'

/** A question with several controls under it, as `Field` is for one. An error summary may jump to its id. */
export function Group(
  props: FieldText & { role?: 'radiogroup' | undefined; class?: string | undefined; children: ComponentChildren },
) {
  const { id, error, warning } = props
  const described = [props.hint && `${id}-hint`, (error ?? warning) && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset
      id={id}
      class={classes('field', error && 'field--error', props.class)}
      role={props.role}
      tabIndex={-1}
      aria-describedby={described || undefined}
      aria-invalid={props.role && error ? true : undefined}
    >
      <legend class={classes('field__label', props.hideLabel && 'visually-hidden')}>{props.label}</legend>
      {props.hint && (
        <p id={`${id}-hint`} class="field__hint">
          {props.hint}
        </p>
      )}
      {props.children}
      <FieldMessage id={id} error={error} warning={warning} />
    </fieldset>
  )
}
