import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import './list.css'

/** Rows one under another, parted by hairlines. `label` names it for a screen reader. */
export const List = (props: { label?: string; children: ComponentChildren }) => (
  <ul class="list" aria-label={props.label}>
    {props.children}
  </ul>
)

/** A row that is one target: link (`href`), button (`onClick`) or, with neither, only read. */
export function ListRow(props: {
  title: ComponentChildren
  second?: ComponentChildren
  /** A time or a number before everything else. */
  lead?: string | undefined
  /** A `NodeSeat`, an icon. */
  seat?: ComponentChildren
  /** At the end of the title line: a time, a count. */
  meta?: ComponentChildren
  href?: string | undefined
  onClick?: (() => void) | undefined
  /** It is the one shown beside the list. */
  selected?: boolean | undefined
  /** Less important: the title in normal weight. */
  plain?: boolean | undefined
  /** Smaller, for an inbox beside a detail. */
  dense?: boolean | undefined
}) {
  const target = props.href !== undefined || props.onClick !== undefined
  const name = classes(
    'row',
    props.selected && 'row--selected',
    props.plain && 'row--plain',
    props.dense && 'row--dense',
  )
  const inside = (
    <>
      {props.lead && <span class="row__lead">{props.lead}</span>}
      {props.seat}
      <span class="row__text">
        <span class="row__title">{props.title}</span>
        {props.second && <span class="row__second">{props.second}</span>}
      </span>
      {props.meta !== undefined && <span class="row__meta">{props.meta}</span>}
      {target && !props.dense && <Icon name="chevron-right" class="row__chevron" />}
    </>
  )
  return (
    <li>
      {props.href !== undefined ? (
        <a class={name} href={props.href} aria-current={props.selected || undefined} onClick={props.onClick}>
          {inside}
        </a>
      ) : props.onClick ? (
        <button class={name} type="button" aria-current={props.selected || undefined} onClick={props.onClick}>
          {inside}
        </button>
      ) : (
        <div class={name}>{inside}</div>
      )}
    </li>
  )
}
