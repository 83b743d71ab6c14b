import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { words } from './words.ts'
import './safety.css'

/** Where work is. `safe` means a verified receipt and nothing less. */
export type SafetyState = 'tablet' | 'waiting' | 'sending' | 'safe' | 'aside' | 'offline'

const glyphs: Readonly<Record<SafetyState, IconName>> = {
  tablet: 'tablet-saved',
  waiting: 'cloud-up',
  sending: 'refresh',
  safe: 'shield-check',
  aside: 'alert-circle',
  offline: 'wifi-off',
}

function sentence(state: SafetyState, count: number | undefined, of: number | undefined): string {
  if (state === 'offline' || state === 'tablet' || count === undefined) return words(`safety.${state}`)
  if (state === 'sending')
    return of === undefined ? words('safety.sending') : words('safety.sendingN', { n: count, of })
  return words(`safety.${state}N`, { n: count })
}

/** A glyph and words, in the colour of the state, with no pill behind. */
export function SafetyBadge(props: {
  state: SafetyState
  count?: number | undefined
  of?: number | undefined
  text?: string | undefined
}) {
  const { state } = props
  return (
    <span class={classes('safety', `safety--${state}`)}>
      <Icon name={glyphs[state]} size={20} />
      <span>{props.text ?? sentence(state, props.count, props.of)}</span>
    </span>
  )
}
