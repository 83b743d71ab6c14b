import type { RecordState, Write } from './merge.ts'

/** A write as it travels to somebody who knows the record: its time is left out where it is its stamp, as with every right clock. */
type NewsWrite = Omit<Write, 'at'> & { readonly at?: number }

/** A record as it travels: whole, as it is stored, or only the writes above the reader's number; how it began is then known. */
export type RecordNews = Omit<RecordState, 'seq' | 'created' | 'writes'> & {
  /** Left out where it is the number of the last write. */
  readonly seq?: number
  readonly created?: RecordState['created']
  readonly writes: readonly NewsWrite[]
}

/** The writes of a record above `known`, in the fewest words. */
export const newsAbove = (record: RecordState, known: number): RecordNews => {
  const writes = record.writes.filter((write) => write.seq > known)
  return {
    id: record.id,
    kind: record.kind,
    ...(record.seq !== lastSeq(writes) && { seq: record.seq }),
    writes: writes.map(({ at, ...write }) => (at === write.stamp ? write : { ...write, at })),
  }
}

const lastSeq = (writes: readonly { readonly seq: number }[]): number => Math.max(0, ...writes.map(({ seq }) => seq))

/** What a reader folds in; the inverse of `newsAbove` for the writes it carries. */
export const readNews = (news: RecordNews): RecordState => ({
  ...news,
  seq: news.seq ?? lastSeq(news.writes),
  created: news.created ?? null,
  writes: news.writes.map((write) => ({ ...write, at: write.at ?? write.stamp })),
})
