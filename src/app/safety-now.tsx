import { useApp } from '#src/session/context.ts'
import { SafetyMeter } from '#src/ui/safety-meter.tsx'

/** Where this tablet's work is, in parts that add up. */
export const SafetyNow = () => {
  const { store, sync } = useApp()
  const { safe, waiting, held } = store.counts.value
  const { sending, reachable } = sync.value
  return (
    <SafetyMeter
      safe={safe}
      waiting={waiting}
      aside={held}
      sending={sending ?? undefined}
      offline={reachable === false}
    />
  )
}
