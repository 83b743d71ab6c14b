import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import { hasRole, type Role } from '#domain/roles.ts'
import type { RecordView, Where } from '#src/store/types.ts'
import { useApp } from './context.ts'

/** Records of a kind, kept up to date while the screen is open; undefined until they were read once. */
export const useRecords = <K extends AnyRecordKind>(
  kind: K,
  where: Where = {},
): ReadonlySignal<readonly RecordView<Values<K>>[] | undefined> => {
  const { store } = useApp()
  const live = useMemo(() => store.live<K>(kind.kind, where), [kind.kind, JSON.stringify(where)])
  useEffect(() => live.stop, [live])
  return live.records
}

/** One record, kept up to date; undefined until it was looked for, null when it is not here. */
export const useRecord = <K extends AnyRecordKind>(
  id: RecordId,
): ReadonlySignal<RecordView<Values<K>> | null | undefined> => {
  const { store } = useApp()
  const live = useMemo(() => store.liveRecord<K>(id), [id])
  useEffect(() => live.stop, [live])
  return live.record
}

/** Whether the person who works here has one of these roles. */
export const useRole = (...roles: readonly Role[]): boolean => {
  const { session } = useApp()
  return useComputed(() => (session.person.value ? hasRole(session.person.value.standing, ...roles) : false)).value
}
