import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { Mark } from './node.tsx'
import { words } from './words.ts'
import './places-nav.css'

export interface PlaceItem {
  href: string
  label: string
  icon?: IconName | undefined
  /** A drawing in place of the icon, such as the small mark. */
  art?: ComponentChildren
  /** How many things there need this person; 0 shows nothing. */
  badge?: number | undefined
  current?: boolean | undefined
}

const items = (list: readonly PlaceItem[]) =>
  list.map((item) => (
    <li key={item.href}>
      <a
        class={classes('place', item.current && 'place--current')}
        href={item.href}
        aria-current={item.current ? 'page' : undefined}
      >
        <span class="place__glyph">
          {item.art ?? (item.icon && <Icon name={item.icon} />)}
          {item.badge ? (
            <span class="place__badge">
              <span aria-hidden>{item.badge > 99 ? '99+' : item.badge}</span>
              <span class="visually-hidden">{words('badge', { n: item.badge })}</span>
            </span>
          ) : null}
        </span>
        <span class="place__label">{item.label}</span>
      </a>
    </li>
  ))

/** Places at the foot of phones and tablets. */
export const TabBar = (props: { items: readonly PlaceItem[] }) => (
  <nav class="tabbar" aria-label={words('places')}>
    <ul>{items(props.items)}</ul>
  </nav>
)

/** Places at the side of wide screens; `foot` stays at the bottom. */
export const Rail = (props: { items: readonly PlaceItem[]; foot?: readonly PlaceItem[] | undefined }) => (
  <nav class="rail" aria-label={words('places')}>
    <Mark width={76} mono />
    <ul>{items(props.items)}</ul>
    {props.foot && <ul class="rail__foot">{items(props.foot)}</ul>}
  </nav>
)
