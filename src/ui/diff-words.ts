export interface DiffPart {
  text: string
  /** Only in the one or the other. */
  changed: boolean
}

const segmenter = new Intl.Segmenter('th', { granularity: 'word' })
const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
/** Above this many word pairs both texts are shown as wholly changed: the table would cost more than it tells. */
const MOST_PAIRS = 250_000

function push(parts: DiffPart[], text: string, changed: boolean) {
  const previous = parts.at(-1)
  if (previous?.changed === changed) previous.text += text
  else parts.push({ text, changed })
}

/** Which words left and which came, by the longest common sequence of words; Thai is parted by the browser's dictionary. */
export function diffWords(before: string, after: string): { before: DiffPart[]; after: DiffPart[] } {
  const a = wordsOf(before)
  const b = wordsOf(after)
  if (a.length * b.length > MOST_PAIRS) {
    return { before: [{ text: before, changed: true }], after: [{ text: after, changed: true }] }
  }
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : skip
    }
  }
  const parts: { before: DiffPart[]; after: DiffPart[] } = { before: [], after: [] }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(parts.before, a[i++]!, false)
      push(parts.after, b[j++]!, false)
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      push(parts.before, a[i++]!, true)
    } else push(parts.after, b[j++]!, true)
  }
  return parts
}
