import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { question } from '#domain/records/question.ts'
import { titleOf } from '#src/capture/record-name.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText, timeText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { toast } from '#src/ui/toast.tsx'
import { DraftMark, TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { RecordFields } from '../record-fields.tsx'
import { RecordSeat } from '../record-seat.tsx'
import { editPath, secondOf } from '../record-words.ts'
import { w } from '../words.ts'

type QuestionView = RecordView<Values<typeof question>>

/** One question in the supervisor's own words, the record it is about, and where to answer. */
export const AnswerScreen = ({ id }: { id: string }) => {
  useTitle(w('answer.screen'))
  const asked = useRecord<typeof question>(id as RecordId).value
  if (asked === undefined) return null
  if (asked === null || asked.kind !== question.kind) {
    return (
      <main class="page" id="content">
        <TopBar title={w('answer.screen')} back="/questions" />
        <EmptyState title={w('answer.notHere')} text={w('answer.notHereText')} />
      </main>
    )
  }
  return asked.withdrawn || asked.values.answer !== undefined ? <Closed asked={asked} /> : <Open asked={asked} />
}

const Open = ({ asked }: { asked: QuestionView }) => {
  const { session } = useApp()
  const { route } = useLocation()
  const form = useForm(question, { draft: `answer-${asked.id}`, record: asked })
  const missing = useSignal(false)
  const answer = form.values.value.answer ?? ''
  const failed = form.errors.value.answer
  const send = async () => {
    if (answer.trim() === '') {
      missing.value = true
      document.getElementById('answer')?.focus()
      return
    }
    form.set('answeredAt', Date.now())
    form.set('answeredBy', session.person.peek()!.id)
    if (!(await form.save())) return
    toast(w('answer.sent'))
    route('/questions')
  }
  const keptAt = form.keptAt.value
  return (
    <div class="screen">
      <main class="page stack" id="content">
        <TopBar
          title={w('answer.screen')}
          back="/questions"
          right={<DraftMark time={keptAt ? timeText(keptAt) : undefined} />}
        />
        <Quote asked={asked} />
        <TextArea
          id="answer"
          label={w('answer.field')}
          hint={w('answer.fieldHint')}
          value={answer}
          rows={4}
          maxLength={4000}
          error={failed ? failureText(failed) : missing.value ? w('answer.missing') : undefined}
          onInput={(text) => {
            missing.value = false
            form.set('answer', text === '' ? undefined : text)
          }}
        />
        <About asked={asked} />
      </main>
      <Dock>
        <Button
          size="big"
          icon="reply"
          notYet={answer.trim() === ''}
          pending={form.saving.value}
          onClick={() => void send()}
        >
          {w('answer.send')}
        </Button>
      </Dock>
    </div>
  )
}

const Closed = ({ asked }: { asked: QuestionView }) => {
  const { names } = useApp()
  const { answer, answeredAt, answeredBy } = asked.values
  return (
    <main class="page stack" id="content">
      <TopBar title={w('answer.screen')} back="/questions" />
      <Quote asked={asked} />
      {asked.withdrawn ? (
        <p class="muted">{w('answer.closed')}</p>
      ) : (
        <section>
          <h2>{w('answer.answered')}</h2>
          <p class="quote__text">{answer}</p>
          <p class="caption muted">
            {[names.staffName(answeredBy), answeredAt && momentText(answeredAt)].filter(Boolean).join(' · ')}
          </p>
        </section>
      )}
      <About asked={asked} />
    </main>
  )
}

const Quote = ({ asked }: { asked: QuestionView }) => {
  const { names } = useApp()
  const about = useRecord(asked.values.about as RecordId).value
  const { field, text } = asked.values
  return (
    <blockquote class="quote">
      <p class="caption muted">
        {w('answer.asks', { name: names.staffName(asked.created?.author) })} · {momentText(asked.created?.at ?? 0)}
      </p>
      <p class="quote__text">
        {field && about && <b>{fieldLabel(about.kind, field)}: </b>}
        {text}
      </p>
    </blockquote>
  )
}

const About = ({ asked }: { asked: QuestionView }) => {
  const { names } = useApp()
  const record = useRecord(asked.values.about as RecordId).value
  if (record === undefined) return null
  if (record === null) {
    return (
      <p class="muted">
        <Icon name="info" /> {w('answer.recordGone')}
      </p>
    )
  }
  return (
    <section class="stack stack--tight" aria-label={w('answer.about')}>
      <div class="answer-about">
        <RecordSeat record={record} size={56} />
        <div class="answer-about__text">
          <h2>{titleOf(record, names)}</h2>
          <p class="small muted">{secondOf(record, names)}</p>
        </div>
        <Button variant="line" size="small" icon="pencil" href={editPath(record)}>
          {w('answer.edit')}
        </Button>
      </div>
      <RecordFields record={record} marked={asked.values.field} />
    </section>
  )
}
