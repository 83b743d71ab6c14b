import type { ComponentChildren, JSX } from 'preact'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

export interface ButtonProps {
  /** `primary` once a screen; `hero` and `hero-quiet` only on the teal panel; `ink` for leaving at once. */
  variant?: 'primary' | 'line' | 'quiet' | 'plain' | 'danger' | 'need' | 'hero' | 'hero-quiet' | 'ink' | undefined
  /** 48, 56 or 72 px high. */
  size?: 'small' | 'normal' | 'big' | undefined
  icon?: IconName | undefined
  iconEnd?: IconName | undefined
  /** A drawing of one's own in place of the icon, such as the small mark. */
  art?: ComponentChildren
  /** Work is under way: the label stays, a second press does nothing. */
  pending?: boolean | undefined
  /** Something is missing. It can still be pressed, and the press says what. */
  notYet?: boolean | undefined
  /** Fills the row. */
  full?: boolean | undefined
  /** Makes it a link that looks like a button. */
  href?: string | undefined
  type?: 'button' | 'submit' | undefined
  form?: string | undefined
  onClick?: ((event: Event) => void) | undefined
  /** A key that does the same, printed on the button. */
  shortcut?: string | undefined
  describedBy?: string | undefined
  autoFocus?: boolean | undefined
  children: ComponentChildren
}

/** The one button of the house; its label is a verb and never changes while it works. */
export function Button(props: ButtonProps): JSX.Element {
  const { variant = 'primary', size = 'normal', pending } = props
  const name = classes(
    'btn',
    `btn--${variant}`,
    size !== 'normal' && `btn--${size}`,
    props.notYet && 'btn--not-yet',
    props.full && 'btn--full',
  )
  const inside = (
    <>
      {pending ? <Icon name="refresh" size={20} class="btn__spin" /> : props.icon && <Icon name={props.icon} />}
      {props.art}
      <span class="btn__label">{props.children}</span>
      {props.iconEnd && <Icon name={props.iconEnd} size={20} />}
      {props.shortcut && <kbd class="btn__key">{props.shortcut}</kbd>}
    </>
  )
  if (props.href !== undefined)
    return (
      <a class={name} href={props.href} aria-describedby={props.describedBy} onClick={props.onClick}>
        {inside}
      </a>
    )
  return (
    <button
      class={name}
      type={props.type ?? 'button'}
      form={props.form}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      aria-describedby={props.describedBy}
      aria-keyshortcuts={props.shortcut}
      autofocus={props.autoFocus}
      onClick={(event) => {
        if (pending) event.preventDefault()
        else props.onClick?.(event)
      }}
    >
      {inside}
    </button>
  )
}
