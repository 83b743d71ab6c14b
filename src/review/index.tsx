import { Route, Router } from 'preact-iso'
import { ExportScreen } from './export/export-screen.tsx'
import { InboxScreen } from './inbox-screen.tsx'
import './review.css'

/** What came in, and what a supervisor says to it. */
export default function Review() {
  return (
    <Router>
      <Route path="/export" component={ExportScreen} />
      <Route path="/:id?" component={InboxScreen} />
    </Router>
  )
}
