import { csvLine } from '#domain/kernel/csv.ts'
import { wordOf } from '#domain/words/lookup.ts'
import th from '#domain/words/th.ts'
import type { Contents } from './contents.ts'
import { inBothEras, type Wanted } from './lines.ts'
import { coverWords } from './words.ts'

export interface Cover {
  readonly province: string
  /** Whoever asked for it, by name. */
  readonly reader: string
  readonly at: number
}

/** The first lines of a file: what it holds, for whom, from when, what was left out, and how much it is. An empty line ends them. */
export const coverLines = ({ province, reader, at }: Cover, wanted: Wanted, { ids, people }: Contents): string => {
  const { kind, from, to, withdrawn, personal } = wanted
  const days = from === null && to === null ? coverWords.allDays : `${from ?? '…'} – ${to ?? '…'}`
  const lines = [
    [coverWords.what, `${wordOf(th, kind.kind, 'name') ?? kind.kind} · ${province}`],
    [coverWords.reader, reader],
    [coverWords.at, inBothEras(at).join(' · ')],
    [coverWords.days, days],
    [coverWords.withdrawn, withdrawn ? coverWords.included : coverWords.leftOut],
    [coverWords.personal, personal ? coverWords.included : coverWords.leftOut],
    [coverWords.rows, ids.length],
    [coverWords.people, people],
    [],
  ]
  return lines.map(csvLine).join('')
}
