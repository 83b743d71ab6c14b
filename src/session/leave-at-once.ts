/** Longer nobody waits for a snapshot: a fast tablet seals in 15 ms, a slow one in 60. */
const patienceMs = 400

/**
 * Quick exit: the screen is empty at once, `drop` seals and forgets, and then this document is replaced by a page without names, so that
 * nothing of it is left in memory or behind the back button.
 */
export const leaveAtOnce = async (drop: () => unknown): Promise<void> => {
  document.body.hidden = true
  try {
    await Promise.race([drop(), new Promise((resolve) => setTimeout(resolve, patienceMs))])
  } finally {
    location.replace('/away.html')
  }
}
