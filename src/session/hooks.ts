import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import type { Reading, RecordView, Where } from '#src/store/types.ts'
import { useApp } from './context.ts'

/** Records of a kind, kept up to date while the screen is open; null until they were read once. */
export const useRecords = <K extends AnyRecordKind>(
  kind: K,
  where: Where = {},
): Reading<readonly RecordView<Values<K>>[] | null> => useApp().store.live(kind, where)

/** One record, kept up to date; undefined until it was looked for, null when it is not here. */
export const useRecord = <K extends AnyRecordKind>(id: RecordId): Reading<RecordView<Values<K>> | null | undefined> =>
  useApp().store.liveRecord<K>(id)
