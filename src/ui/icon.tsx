import { classes } from './classes.ts'
import { type IconName, icons } from './icons.ts'
import './icon.css'

export type { IconName }

/** An action icon. Silent to a screen reader unless it has a `label`: the words beside it speak. */
export function Icon(props: { name: IconName; size?: 20 | 24 | 32; label?: string; class?: string }) {
  const size = props.size ?? 24
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or silent beside its words
    <svg
      class={classes('icon', props.class)}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      stroke-width={size === 32 ? 1.7 : 1.9}
      {...(props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': true })}
    >
      <path d={icons[props.name]} />
    </svg>
  )
}
