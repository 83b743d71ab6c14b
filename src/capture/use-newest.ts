import { useEffect, useRef, useState } from 'preact/hooks'
import { addDays, type Day, dayOfInstant } from '#domain/kernel/day.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'

/** A list of fewer is read whole: most tablets, and nobody waits for it. */
const enough = 300
/** How many days back, the one after the other; then everything, also what has no day. */
const spans = [92, 366]

export interface Newest<V> {
  /** From the first day of some month on; null until they were read once. */
  readonly records: readonly V[] | null
  /** They are all there are: only then may they be counted. */
  readonly whole: boolean
  readonly older: () => void
}

/**
 * The newest records of a kind that has a day, by months: at least 300 where there are as many, and 300 more at each `older`. `all` reads
 * everything, as a search must.
 */
export const useNewest = <K extends AnyRecordKind>(kind: K, { all = false } = {}): Newest<RecordView<Values<K>>> => {
  const [wanted, setWanted] = useState(enough)
  const [span, setSpan] = useState(0)
  const from = all ? undefined : firstDay(span)
  const read = useRecords(kind, from === undefined ? {} : { from }).value
  const last = useRef<Pick<Newest<RecordView<Values<K>>>, 'records' | 'whole'>>({ records: null, whole: false })
  const few = read !== null && from !== undefined && read.length < wanted
  // while more are read, those before stay on the screen
  if (read && !few) last.current = { records: read, whole: from === undefined }
  useEffect(() => {
    if (few) setSpan(span + 1)
  }, [few, span])
  return { ...last.current, older: () => setWanted((last.current.records?.length ?? 0) + enough) }
}

/** A month stands whole in a list or not at all: its sum would be untrue. */
const firstDay = (span: number): Day | undefined => {
  const days = spans[span]
  return days === undefined ? undefined : (`${addDays(dayOfInstant(Date.now()), -days).slice(0, 7)}-01` as Day)
}
