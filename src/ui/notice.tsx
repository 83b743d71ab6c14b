import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

const glyphs = { info: 'info', wait: 'clock', need: 'alert-circle', safe: 'shield-check' } as const

/** Something to know in its place. `safe` only with a verified receipt; `need` when it waits for this person. */
export function Notice(props: {
  tone?: 'info' | 'wait' | 'need' | 'safe' | undefined
  icon?: IconName | undefined
  title?: string | undefined
  children?: ComponentChildren
  /** A small button at the end. */
  action?: ComponentChildren
  /** Speak it at once. */
  alert?: boolean | undefined
}) {
  const { tone = 'info' } = props
  return (
    <section class={classes('notice', `notice--${tone}`)} role={props.alert ? 'alert' : undefined}>
      <Icon name={props.icon ?? glyphs[tone]} size={props.title ? 32 : 24} />
      <div class="notice__text">
        {props.title && <p class="notice__title">{props.title}</p>}
        {props.children && <div>{props.children}</div>}
      </div>
      {props.action && <div class="notice__action">{props.action}</div>}
    </section>
  )
}
