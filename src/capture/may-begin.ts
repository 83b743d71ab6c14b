import type { AnyRecordKind } from '#domain/record-kind.ts'
import { hasRole } from '#domain/roles.ts'
import { useApp } from '#src/session/context.ts'

/** Whether the person who works here may write records of a kind at all. */
export const useMayBegin = (kind: AnyRecordKind): boolean => {
  const standing = useApp().session.person.value?.standing
  return standing !== undefined && hasRole(standing, ...kind.write.begin.roles)
}
