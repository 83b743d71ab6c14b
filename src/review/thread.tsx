import type { Question } from '#domain/review.ts'
import { isOpen } from '#domain/review.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { toast } from '#src/ui/toast.tsx'
import { useDeciding } from './decide.ts'
import { w } from './words.ts'

/** What was asked about a record and what came back, the oldest first. */
export const Thread = ({ item }: { item: InboxItem }) => {
  if (item.questions.length === 0) return null
  return (
    <section aria-label={w('thread.title')}>
      <h2 class="review-section">{w('thread.title')}</h2>
      <ol class="thread">
        {item.questions.map((question) => (
          <Asked key={question.id} question={question} kind={item.record.kind} />
        ))}
      </ol>
    </section>
  )
}

const Asked = ({ question, kind }: { question: Question; kind: string }) => {
  const { names } = useApp()
  const { takeBack } = useDeciding()
  const { text, field, answer, answeredAt, answeredBy, to } = question.values
  const line = (name: string, at: number | undefined) => [name, at && momentText(at)].filter(Boolean).join(' · ')
  const drop = async () => {
    if (await takeBack(question.id, w('thread.takenBackReason'))) toast(w('thread.takenBack'))
  }
  return (
    <li class="thread__one">
      <Icon name="message-question" />
      <div class="thread__text">
        <p class="thread__question">
          {field && <b>{fieldLabel(kind, field)}: </b>}
          {text}
        </p>
        <p class="caption muted">{line(names.staffName(question.created?.author), question.created?.at)}</p>
        {isOpen(question) ? (
          <p class="cluster small">
            <span class="muted">{w('thread.waiting', { name: to ? names.staffName(to) : w('thread.theTablet') })}</span>
            <Button variant="quiet" size="small" icon="x" onClick={() => void drop()}>
              {w('thread.takeBack')}
            </Button>
          </p>
        ) : (
          <div class="thread__answer">
            <p>
              <Icon name="reply" size={20} />
              <span>{answer}</span>
            </p>
            <p class="caption muted">{line(names.staffName(answeredBy), answeredAt)}</p>
          </div>
        )}
      </div>
    </li>
  )
}
