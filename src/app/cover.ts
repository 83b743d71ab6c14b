import { useEffect } from 'preact/hooks'

const root = document.documentElement
const cover = () => {
  root.dataset.covered = ''
}
const uncover = () => {
  if (!document.hidden) delete root.dataset.covered
}

/**
 * Draws nothing as long as nobody looks, so that no picture of the page is kept with what it shows: of every screen when the page is kept for
 * the way back, and of those with what was told in confidence whenever they are hidden. A hand-held browser takes the picture for its list of
 * open apps before it says that the page is hidden, yet after the window has lost the focus. Nothing is taken off the page: what was typed stays.
 */
export const useCover = (isConfidential: boolean): void =>
  useEffect(() => {
    const over = new AbortController()
    const on = (target: EventTarget, events: readonly string[], then: () => void) => {
      for (const event of events) target.addEventListener(event, then, { signal: over.signal, capture: true })
    }
    on(window, ['pagehide'], cover)
    on(window, ['pageshow'], uncover)
    if (isConfidential) {
      on(document, ['visibilitychange'], () => (document.hidden ? cover() : uncover()))
      on(document, ['freeze'], cover)
      on(document, ['resume'], uncover)
      if (matchMedia('(pointer: coarse)').matches) on(window, ['blur'], cover)
      on(window, ['focus', 'pointerdown'], uncover)
    }
    if (isConfidential && document.hidden) cover()
    return () => {
      over.abort()
      uncover()
    }
  }, [isConfidential])
