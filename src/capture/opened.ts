import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import { useApp } from '#src/session/context.ts'
import type { HeldChange, RecordView } from '#src/store/types.ts'

/**
 * A record as it is at the moment a form opens on it. It does not follow later changes: what the person had before them is the base of
 * what they write. Undefined until it was looked for, null when it is not here.
 */
export const useOpened = <K extends AnyRecordKind>(id: RecordId): RecordView<Values<K>> | null | undefined => {
  const { store } = useApp()
  const [record, setRecord] = useState<RecordView<Values<K>> | null | undefined>(undefined)
  useEffect(() => {
    let wanted = true
    void store.record<K>(id).then((found) => wanted && setRecord(found))
    return () => {
      wanted = false
    }
  }, [id])
  return record
}

/** The held change of an opened record that `?mend=` names; null when there is none, undefined while it is looked for. */
export const useMended = (record: RecordView | null | undefined): HeldChange | null | undefined => {
  const { store } = useApp()
  const { query } = useLocation()
  const held = store.held.value
  if (!query.mend || record?.safety !== 'aside') return null
  const named = held.find((change) => change.n === Number(query.mend) && change.record === record.id)
  return named ?? (held.length > 0 ? null : undefined)
}

/** Names the draft of a form: one a person, so that a colleague on the same tablet finds their own. */
export const useDraftName = (kind: string, record?: RecordId, mends?: HeldChange): string => {
  const person = useApp().session.person.value?.id ?? 'nobody'
  return [kind, record ?? 'new', person, ...(mends ? [`mend-${mends.n}`] : [])].join('.')
}
