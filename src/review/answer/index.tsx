import { Route, Router } from 'preact-iso'
import { AnswerScreen } from './answer-screen.tsx'
import { QuestionList } from './question-list.tsx'
import '../review.css'

/** A supervisor's questions, as tasks of whoever can answer them. */
export default function Questions() {
  return (
    <Router>
      <Route path="/" component={QuestionList} />
      <Route path="/:id" component={AnswerScreen} />
    </Router>
  )
}
