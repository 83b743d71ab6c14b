import { Route, Router, useRoute } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import { ActivityDetail } from './detail.tsx'
import { EditActivity, NewActivity } from './edit.tsx'
import { ActivityLog } from './log-screen.tsx'

/** What was done at home, temple or school. */
export default function Bwr() {
  return (
    <Router>
      <Route path="/" component={ActivityLog} />
      <Route path="/new" component={NewActivity} />
      <Route path="/:id" component={Detail} />
      <Route path="/:id/edit" component={Edit} />
    </Router>
  )
}

const Detail = () => {
  const id = useRoute().params.id as RecordId
  return <ActivityDetail key={id} id={id} />
}

const Edit = () => {
  const id = useRoute().params.id as RecordId
  return <EditActivity key={id} id={id} />
}
