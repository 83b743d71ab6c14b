/**
 * The fewest items that still fail, by leaving out ever smaller parts (delta debugging). Any part may be left out of a history, because
 * its steps choose among what there is.
 */
export const shrink = async <T>(
  items: readonly T[],
  fails: (fewer: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> => {
  let left = items
  let part = Math.ceil(left.length / 2)
  while (left.length > 0) {
    let isFewer = false
    for (let at = 0; at < left.length; ) {
      const fewer = [...left.slice(0, at), ...left.slice(at + part)]
      if (await fails(fewer)) {
        left = fewer
        isFewer = true
      } else at += part
    }
    if (part === 1 && !isFewer) break
    part = Math.max(1, Math.floor(part / 2))
  }
  return left
}
