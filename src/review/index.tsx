import { Route, Router } from 'preact-iso'
import { useRole } from '#src/session/hooks.ts'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { ExportScreen } from './export/export-screen.tsx'
import { InboxScreen } from './inbox-screen.tsx'
import { w } from './words.ts'
import './review.css'

const NotYours = () => (
  <main class="page" id="content">
    <EmptyState title={w('notYours.title')} text={w('notYours.text')} />
  </main>
)

/** What came in, and what a supervisor says to it. */
export default function Review() {
  const reviews = useRole('supervisor')
  const exports = useRole('supervisor', 'administrator')
  return (
    <Router>
      <Route path="/export" component={exports ? ExportScreen : NotYours} />
      <Route path="/:id?" component={reviews ? InboxScreen : NotYours} />
    </Router>
  )
}
