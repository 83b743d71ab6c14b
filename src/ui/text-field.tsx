import type { ComponentChildren } from 'preact'
import { t } from '#src/i18n/index.ts'
import { Field, type FieldText } from './field.tsx'
import { Icon, type IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { usePrivacy } from './private-fields.ts'

export interface TextFieldProps extends FieldText {
  value: string
  onInput: (text: string) => void
  onBlur?: (() => void) | undefined
  /** The person pressed Enter. */
  onEnter?: ((text: string) => void) | undefined
  icon?: IconName | undefined
  /** A unit at the end, such as คน. */
  suffix?: string | undefined
  type?: 'text' | 'search' | 'tel' | 'email' | 'url' | 'password' | undefined
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search' | undefined
  autoComplete?: string | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
  required?: boolean | undefined
  readOnly?: boolean | undefined
  autoFocus?: boolean | undefined
  /** Offered while typing; anything else may be typed too. */
  suggestions?: readonly string[] | undefined
  /** Shows a button that empties the field. */
  clearable?: boolean | undefined
  /** Buttons inside the frame, at the end. */
  trailing?: ComponentChildren
  /** Drawn under the field: what was understood, for instance. */
  after?: ComponentChildren
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { id, suggestions } = props
  const privacy = usePrivacy()
  // The typings know one role for each pair of type and list; the pair is chosen at run time here.
  const kind = { type: props.type ?? 'text', list: suggestions && `${id}-list` } as { type: 'text' }
  return (
    <Field {...props}>
      {(aria) => (
        <div class="input">
          {props.icon && <Icon name={props.icon} />}
          <input
            {...aria}
            class="input__control"
            {...kind}
            value={props.value}
            inputMode={props.inputMode}
            autocomplete={props.autoComplete ?? 'off'}
            {...privacy}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            aria-required={props.required}
            readOnly={props.readOnly}
            autofocus={props.autoFocus}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) props.onEnter?.(event.currentTarget.value)
            }}
          />
          {suggestions && (
            <datalist id={`${id}-list`}>
              {suggestions.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
          {props.suffix && <span class="input__suffix">{props.suffix}</span>}
          {props.clearable && props.value !== '' && (
            <IconButton
              icon="x"
              label={t('clear')}
              onClick={() => {
                props.onInput('')
                document.getElementById(id)?.focus()
              }}
            />
          )}
          {props.trailing}
        </div>
      )}
    </Field>
  )
}
