import type { ComponentChildren } from 'preact'
import './dock.css'

/** What one does next, at the thumb: fixed at the foot. The last child grows, so put the main button last. */
export function Dock(props: { children: ComponentChildren; note?: ComponentChildren }) {
  return (
    <footer class="dock">
      <div class="dock__inside">
        {props.note && <div class="dock__note">{props.note}</div>}
        <div class="dock__actions">{props.children}</div>
      </div>
    </footer>
  )
}
