import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import './icon-button.css'

/** A square target of 48 px with one icon; `label` is what it is called. */
export function IconButton(props: {
  icon: IconName
  label: string
  onClick?: ((event: Event) => void) | undefined
  href?: string | undefined
  /** Present when it is a switch: says whether it is on. */
  pressed?: boolean | undefined
  expanded?: boolean | undefined
  /** On the teal panel. */
  onHero?: boolean | undefined
  class?: string | undefined
}) {
  const name = classes('icon-btn', props.onHero && 'icon-btn--hero', props.class)
  const inside = <Icon name={props.icon} />
  if (props.href !== undefined)
    return (
      <a class={name} href={props.href} aria-label={props.label} onClick={props.onClick}>
        {inside}
      </a>
    )
  return (
    <button
      class={name}
      type="button"
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      {inside}
    </button>
  )
}
