import { question } from '#domain/records/question.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { w } from './words.ts'
import './questions-about.css'

/** What a supervisor asked about a record, in their own words, with the answers so far. Nothing is drawn while nobody asked. */
export function QuestionsAbout({ record }: { record: RecordView }) {
  const { names } = useApp()
  const asked = useRecords(question, { parent: record.id }).value ?? []
  if (asked.length === 0) return null
  return (
    <section class="stack stack--tight" aria-labelledby="asked">
      <h2 id="asked">{w('questions.title')}</h2>
      <ul class="asked">
        {asked.map(({ id, values, created }) => (
          <li key={id}>
            <blockquote class="asked__text">{values.text}</blockquote>
            <p class="small muted">
              {created && w('journey.by', { name: names.staffName(created.author), time: momentText(created.at) })}
              {values.field && ` · ${fieldLabel(record.kind, values.field)}`}
            </p>
            {values.answer === undefined ? (
              <Button variant="line" size="small" icon="reply" href={`/questions/${id}`}>
                {w('questions.answer')}
              </Button>
            ) : (
              <p>{w('questions.answered', { answer: values.answer })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
