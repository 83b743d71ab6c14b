import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { words } from './words.ts'
import './check-row.css'

/** `here`: this tablet ticked it; `other`: another tablet did, as far as this one knows. */
export type Ticked = 'here' | 'other' | undefined

/** One person of a roster. The whole row is the tick. Not yet come is bold; come recedes. */
export function CheckRow(props: {
  number: number | string
  /** First name, the part one looks for. */
  name: string
  rest?: string | undefined
  ticked: Ticked
  onToggle: () => void
  /** It has just been ticked: framed, so that the eye finds it. */
  fresh?: boolean | undefined
  /** At the end: when, or why. */
  note?: string | undefined
}) {
  const { ticked } = props
  return (
    <button
      type="button"
      class={classes('check-row', ticked && `check-row--${ticked}`, props.fresh && 'check-row--fresh')}
      aria-pressed={ticked !== undefined}
      onClick={props.onToggle}
    >
      <span class="check-row__tick">{ticked && <Icon name="check" size={20} />}</span>
      <span class="check-row__number">{props.number}</span>
      <span class="check-row__name">
        <b data-text={props.name}>{props.name}</b> {props.rest}
        {ticked && (
          <span class="visually-hidden">
            {' '}
            {words('came')} {words(ticked === 'here' ? 'here' : 'there')}
          </span>
        )}
      </span>
      {props.note && <span class="check-row__note">{props.note}</span>}
    </button>
  )
}

/** A roster in as many columns as fit, read down. */
export const CheckGrid = (props: { label: string; children: ComponentChildren }) => (
  <section class="check-grid" aria-label={props.label}>
    {props.children}
  </section>
)

/** One square a person: filled here, ringed elsewhere, dim not yet. On the teal panel. */
export const CountSquares = (props: { here: number; other: number; of: number }) => (
  <div class="squares" role="img" aria-label={words('countSquares', { ...props })}>
    {Array.from({ length: props.of }, (_, at) => (
      <span
        key={at}
        class={
          at < props.here ? 'square square--here' : at < props.here + props.other ? 'square square--other' : 'square'
        }
      />
    ))}
  </div>
)
