import { SafetyBadge } from './safety-badge.tsx'
import { words } from './words.ts'

/** How much is safe, waiting and set aside: parts that add up, never without their words. Empty counts are not said. */
export function SafetyMeter(props: {
  safe: number
  waiting: number
  aside: number
  /** Being sent now, out of the waiting ones. */
  sending?: { done: number; of: number } | undefined
  offline?: boolean | undefined
}) {
  const { safe, waiting, aside, sending } = props
  const parts = [
    { state: 'safe', count: safe },
    { state: 'waiting', count: waiting },
    { state: 'aside', count: aside },
  ] as const
  return (
    <div class="meter">
      <div class="meter__bar" aria-hidden>
        {parts.map(
          ({ state, count }) =>
            count > 0 && (
              <span key={state} class={`meter__part meter__part--${state}`} style={{ flexGrow: String(count) }} />
            ),
        )}
      </div>
      <p class="meter__words">
        {parts.map(({ state, count }) => {
          if (count === 0) return null
          if (state === 'waiting' && sending)
            return <SafetyBadge key={state} state="sending" count={sending.done} of={sending.of} />
          return <SafetyBadge key={state} state={state} count={count} />
        })}
        {props.offline && <SafetyBadge state="offline" text={words('safety.offlineWorks')} />}
      </p>
    </div>
  )
}
