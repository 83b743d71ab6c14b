import type { ComponentChildren } from 'preact'
import type { RecordId } from '#domain/kernel/id.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { w } from '../words.ts'
import type { SessionView } from './types.ts'

/** Opens a screen on a session that is on this tablet, and says so when it is not. */
export const WithSession = (props: { id: string; children: (session: SessionView) => ComponentChildren }) => {
  const session = useRecord<typeof trainingSession>(props.id as RecordId).value
  if (session === undefined) return null
  if (session?.kind !== 'training-session') return <NotHere />
  return <>{props.children(session)}</>
}

export const NotHere = () => (
  <main class="page" id="content">
    <EmptyState title={w('notHere.title')} text={w('notHere.text')}>
      <Button href="/training">{w('notHere.back')}</Button>
    </EmptyState>
  </main>
)
