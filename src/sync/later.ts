import { computed, signal } from '@preact/signals'
import type { Trigger } from './schedule.ts'
import { silence } from './state.ts'
import type { Sync } from './sync.ts'

/**
 * A sync that is fetched once the first screen answers: saving does not need the exchange, and its code must not delay a tap. What is
 * asked of it before is asked again once it is here.
 */
export const syncLater = (
  load: () => Promise<Sync>,
): { sync: Pick<Sync, 'state' | 'clock' | 'leads' | 'ask'>; begin(): Promise<void> } => {
  const loaded = signal<Sync | null>(null)
  const asked: (Trigger | undefined)[] = []
  return {
    sync: {
      state: computed(() => loaded.value?.state.value ?? silence),
      clock: computed(() => loaded.value?.clock.value ?? null),
      leads: computed(() => loaded.value?.leads.value ?? false),
      ask(trigger) {
        if (loaded.peek()) loaded.peek()!.ask(trigger)
        else asked.push(trigger)
      },
    },
    async begin() {
      const sync = await untilLoaded(load)
      loaded.value = sync
      for (const trigger of asked.splice(0)) sync.ask(trigger)
    },
  }
}

const patienceMs = 5000

/** On a bad line the code itself may not arrive; without it nothing would ever be sent, so it is asked for again until it does. */
const untilLoaded = async (load: () => Promise<Sync>): Promise<Sync> => {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, patienceMs))
    }
  }
}
