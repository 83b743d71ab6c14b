import type { ComponentChildren } from 'preact'
import { t } from '#src/i18n/index.ts'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import './field.css'

export interface FieldText {
  /** Also where an error summary jumps to. */
  id: string
  label: string
  /** Under the label: what to type, or why it is asked. */
  hint?: string | undefined
  /** A sentence that says what to do. */
  error?: string | undefined
  /** Something odd that may stand. */
  warning?: string | undefined
  optional?: boolean | undefined
  /** The label is spoken but not seen. */
  hideLabel?: boolean | undefined
}

export interface FieldAria {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** The sentence below a field or a group that says what is wrong. */
export function FieldMessage(props: { id: string; error?: string | undefined; warning?: string | undefined }) {
  const message = props.error ?? props.warning
  return (
    <div
      id={`${props.id}-error`}
      class={classes('field__message', !props.error && 'field__message--warning')}
      aria-live="polite"
    >
      {message && (
        <p>
          <Icon name={props.error ? 'alert-circle' : 'info'} size={20} />
          <span>{message}</span>
        </p>
      )}
    </div>
  )
}

/** Ties a label, a hint and a message to one control. The control is drawn by the child from the ids it is given. */
export function Field(
  props: FieldText & { after?: ComponentChildren; children: (aria: FieldAria) => ComponentChildren },
) {
  const { id, error, warning } = props
  const described = [props.hint && `${id}-hint`, (error ?? warning) && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class={classes('field', error && 'field--error', !error && warning && 'field--warning')}>
      <label for={id} class={classes('field__label', props.hideLabel && 'visually-hidden')}>
        {props.label}
        {props.optional && <span class="field__optional">{t('optional')}</span>}
      </label>
      {props.hint && (
        <p id={`${id}-hint`} class="field__hint">
          {props.hint}
        </p>
      )}
      {props.children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      <FieldMessage id={id} error={error} warning={warning} />
      {props.after}
    </div>
  )
}
