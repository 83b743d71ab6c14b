import type { ComponentChildren } from 'preact'
import type { RecordId } from '#domain/kernel/id.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useRecord } from '#src/session/hooks.ts'
import type { SessionView } from './types.ts'

/** Opens a screen on a session that is on this tablet, and says so when it is not. */
export const WithSession = (props: { id: string; children: (session: SessionView) => ComponentChildren }) => {
  const session = useRecord<typeof trainingSession>(props.id as RecordId).value
  if (session === undefined) return null
  if (session?.kind !== 'training-session') return <RecordMissing back="/training" />
  return <>{props.children(session)}</>
}
