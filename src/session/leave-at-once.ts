import { render } from 'preact'

const away = '/away.html'
const leftKey = 'bowon.left'
/** Longer nobody waits for a snapshot: a fast tablet seals in 15 ms, a slow one in 60. */
const patienceMs = 400

const drops = new Set<() => unknown>()

/** What is sealed and forgotten whenever somebody leaves at once. */
export const whenLeaving = (drop: () => unknown): void => {
  drops.add(drop)
}

/**
 * Quick exit: the screen is empty at once, what is open is sealed and forgotten, and all that this tab has shown gives way to a page without
 * names, in front of the back button and behind it.
 */
export const leaveAtOnce = async (): Promise<void> => {
  document.body.hidden = true
  noteLeft()
  try {
    await soon(Promise.allSettled([...drops].map(async (drop) => drop())))
    render(null, document.querySelector('#app')!)
    await forgetSteps()
  } finally {
    location.replace(away)
  }
}

/**
 * Whether this page was reached by a step back (or a reload, which a page that was kept for the way back does) into a tab that somebody has left
 * at once. Opening the app anew is no such step, and ends it.
 */
export const stepsBackIn = (): boolean => {
  try {
    const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (how?.type === 'navigate') sessionStorage.removeItem(leftKey)
    return sessionStorage.getItem(leftKey) !== null
  } catch {
    return false
  }
}

/** Goes on to the page without names, from a page that a step back has reached. */
export const stayAway = (): void => location.replace(away)

const soon = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, patienceMs))])

const noteLeft = () => {
  try {
    sessionStorage.setItem(leftKey, '1')
  } catch {
    // a browser that forbids it: the steps are forgotten all the same
  }
}

/** The part of the Navigation API that is needed; a browser without it leads each step back to the page without names when it is taken. */
interface Steps {
  readonly currentEntry: { readonly index: number } | null
  entries(): readonly { readonly key: string; readonly sameDocument: boolean }[]
  traverseTo(key: string): { readonly finished: Promise<unknown> }
}

/** The first of this page's steps becomes one of the page without names; the next one takes away all that were behind it. */
const forgetSteps = async () => {
  const { navigation } = globalThis as { navigation?: Steps }
  if (!navigation?.currentEntry) return
  const steps = navigation.entries()
  let first = navigation.currentEntry.index
  while (steps[first - 1]?.sameDocument) first--
  if (first < navigation.currentEntry.index) await soon(navigation.traverseTo(steps[first]!.key).finished)
  history.replaceState(null, '', away)
  history.pushState(null, '', away)
}
