import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import './action-tile.css'

/** A way in, lying on the paper: a drawing, what it is, a line more. Stand them in `ActionTiles`. */
export function ActionTile(props: {
  title: string
  second?: string | undefined
  icon?: IconName | undefined
  art?: ComponentChildren
  href?: string | undefined
  onClick?: (() => void) | undefined
}) {
  const inside = (
    <>
      {props.art ?? (props.icon && <Icon name={props.icon} size={32} />)}
      <span class="action-tile__text">
        <span class="action-tile__title">{props.title}</span>
        {props.second && <span class="action-tile__second">{props.second}</span>}
      </span>
    </>
  )
  return props.href !== undefined ? (
    <a class="action-tile" href={props.href} onClick={props.onClick}>
      {inside}
    </a>
  ) : (
    <button class="action-tile" type="button" onClick={props.onClick}>
      {inside}
    </button>
  )
}

export const ActionTiles = (props: { children: ComponentChildren }) => <div class="action-tiles">{props.children}</div>
