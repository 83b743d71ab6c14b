const firstMs = 2_000
const longestMs = 300_000

/**
 * Milliseconds to wait after so many failures in a row (1 or more): doubling up to five minutes, with half of it left to chance so that the tablets
 * of a province do not return all at once. `retryAfter` is the server's own word, in seconds; it is obeyed, and spread a little too.
 */
export const pauseAfter = (failures: number, random: () => number, retryAfter?: number): number => {
  const own = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20))
  const jittered = own / 2 + (own / 2) * random()
  return retryAfter === undefined ? jittered : Math.max(jittered, retryAfter * 1000 * (1 + random() / 10))
}
