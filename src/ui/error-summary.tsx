import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { words } from './words.ts'
import './error-summary.css'

export interface ErrorItem {
  /** Of the field it is about. */
  id: string
  text: string
}

function jump(event: Event, id: string) {
  event.preventDefault()
  const field = document.getElementById(id)
  const control = field?.matches('fieldset')
    ? field.querySelector<HTMLElement>('input, button, select, textarea')
    : field
  field?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

/** Everything that is in the way, in one place, each a link to its field. Takes the focus when it appears. */
export function ErrorSummary(props: { title: string; items: readonly ErrorItem[]; note?: string | undefined }) {
  const ref = useRef<HTMLElement>(null)
  const empty = props.items.length === 0
  useEffect(() => {
    if (empty) return
    ref.current?.focus({ preventScroll: true })
    ref.current?.scrollIntoView({ block: 'nearest' })
  }, [empty])
  if (empty) return null
  return (
    <section ref={ref} class="errors" tabIndex={-1} role="alert">
      <h2 class="errors__title">
        <Icon name="alert-circle" />
        <span>
          {props.title} {words('errorsLeft', { n: props.items.length })}
        </span>
      </h2>
      <ul>
        {props.items.map((item) => (
          <li key={item.id}>
            <a href={`#${item.id}`} onClick={(event) => jump(event, item.id)}>
              {item.text}
            </a>
          </li>
        ))}
      </ul>
      <p class="errors__note">{props.note ?? words('draftIsKept')}</p>
    </section>
  )
}
