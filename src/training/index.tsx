import { Route, Router } from 'preact-iso'
import { CheckIn } from './check-in/check-in.tsx'
import { PersonPage } from './person/person.tsx'
import { NewSession, Prepare } from './prepare/prepare.tsx'
import { Roster } from './roster/roster.tsx'
import { Close } from './session/close.tsx'
import { SessionPage } from './session/session-page.tsx'
import { Sessions } from './sessions/sessions.tsx'
import './training.css'

/** Sessions of training: prepare, check in, close, and who has completed. */
export default function Training() {
  return (
    <Router>
      <Route path="/" component={Sessions} />
      <Route path="/new" component={NewSession} />
      <Route path="/people/:id" component={PersonPage} />
      <Route path="/:id" component={SessionPage} />
      <Route path="/:id/prepare" component={Prepare} />
      <Route path="/:id/roster" component={Roster} />
      <Route path="/:id/check-in" component={CheckIn} />
      <Route path="/:id/close" component={Close} />
      <Route default component={Sessions} />
    </Router>
  )
}
