import type { ComponentChildren } from 'preact'
import { Village } from './village.tsx'
import './empty-state.css'

/** Nothing here yet: the village, a sentence of what is so, one of what to do, and one primary button as child. */
export function EmptyState(props: {
  title: string
  text: ComponentChildren
  art?: boolean | undefined
  children?: ComponentChildren
}) {
  return (
    <section class="empty">
      {props.art !== false && <Village />}
      <h2 class="empty__title">{props.title}</h2>
      <p class="empty__text">{props.text}</p>
      {props.children && <div class="empty__actions">{props.children}</div>}
    </section>
  )
}
