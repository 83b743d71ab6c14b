import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { w } from './words.ts'

/** A record that is not on this tablet: perhaps not yet, perhaps never for this person. */
export const RecordMissing = (props: { back: string }) => (
  <main class="page" id="content">
    <EmptyState title={w('kinds.notFound')} text={w('kinds.notFoundText')}>
      <Button href={props.back}>{w('kinds.toList')}</Button>
    </EmptyState>
  </main>
)
