import { signal } from '@preact/signals'

/** Set by the service worker's registration while a new version waits for the person's word: lets it take over. */
export const waitingVersion = signal<(() => void) | null>(null)

/** Lets the waiting version take over; the page reloads once it has. */
export const takeUpdate = (): void => {
  const takeOver = waitingVersion.peek()
  if (takeOver) takeOver()
  else location.reload()
}
