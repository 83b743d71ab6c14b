import { useApp } from '#src/session/context.ts'
import { Icon } from '#src/ui/icon.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { SafetyMeter } from '#src/ui/safety-meter.tsx'
import { w } from './words.ts'

/** Where this tablet's work is, in parts that add up. */
export const SafetyNow = () => {
  const { store, sync } = useApp()
  const { safe, waiting, held } = store.counts.value
  const { sending, failure } = sync.state.value
  const offline = failure?.code === 'unavailable'
  if (safe + waiting + held === 0) {
    if (offline) return <SafetyBadge state="offline" text={w('home.offline')} />
    return (
      <p class="safety-idle small muted">
        <Icon name="check-circle" size={20} />
        {w('home.nothingToSend')}
      </p>
    )
  }
  return (
    <SafetyMeter
      safe={safe}
      waiting={waiting}
      aside={held}
      sending={sending && waiting > 0 ? { done: sending.done, of: sending.total } : undefined}
      offline={offline}
    />
  )
}
