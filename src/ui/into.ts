import type { Signal } from '@preact/signals'

/** A handler that puts what it is given into a signal: `onInput={into(username)}`. */
export const into =
  <T>(signal: Signal<T>) =>
  (value: T): void => {
    signal.value = value
  }
