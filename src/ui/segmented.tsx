import { useId } from 'preact/hooks'
import { n } from '#src/i18n/index.ts'
import './segmented.css'

export interface Segment<V extends string> {
  value: V
  label: string
  count?: number | undefined
}

/** Parts of one list, each with how many it holds; one is shown. */
export function Segmented<V extends string>(props: {
  label: string
  options: readonly Segment<V>[]
  value: V
  onChange: (value: V) => void
}) {
  const name = useId()
  return (
    <div class="segmented" role="radiogroup" aria-label={props.label}>
      {props.options.map((option) => (
        <label key={option.value} class="segment">
          <input
            class="visually-hidden"
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          <span>
            {option.label}
            {option.count !== undefined && <span class="segment__count"> {n(option.count)}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}
