import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { mayAlter, scopeOf } from '#domain/scope.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'

/** Whether the person who works here may alter this record. What its parent allows is judged by the server. */
export const useMayAlter = (kind: AnyRecordKind, record: RecordView): boolean => {
  const standing = useApp().session.person.value?.standing
  if (!standing) return false
  const scope = scopeOf(
    kind,
    record.values as Readonly<Record<string, Json>>,
    record.created?.author ?? standing.staff,
    null,
  )
  return mayAlter(kind, standing, scope)
}
