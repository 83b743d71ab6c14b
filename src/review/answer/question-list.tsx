import { question } from '#domain/records/question.ts'
import type { Question } from '#domain/review.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { ownDevices } from '#src/store/own-devices.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { questionsFor } from '../questions-for.ts'
import { w } from '../words.ts'

const lately = 10

/** What supervisors asked here: of the person who works here, of colleagues on this tablet, and what was answered lately. */
export const QuestionList = () => {
  const { session, store, names } = useApp()
  useTitle(w('answer.title'))
  const all = useRecords(question).value
  const person = session.person.value?.id
  const { mine, colleagues } = questionsFor(all ?? [], { person, devices: ownDevices(store.people.identity.value) })
  const answered = (all ?? [])
    .filter(({ values }) => values.answeredAt !== undefined && (values.answeredBy === person || values.to === person))
    .sort((a, b) => (b.values.answeredAt ?? 0) - (a.values.answeredAt ?? 0))
    .slice(0, lately)
  const asked = (one: Question) => (
    <ListRow
      key={one.id}
      href={`/questions/${one.id}`}
      seat={<Icon name="message-question" size={32} />}
      title={one.values.text}
      second={`${names.staffName(one.created?.author)} · ${momentText(one.created?.at ?? 0)}`}
    />
  )
  return (
    <main class="page stack" id="content">
      <div class="page-head">
        <h1>{w('answer.title')}</h1>
      </div>
      {mine.length > 0 && <List label={w('answer.mine')}>{mine.map(asked)}</List>}
      {colleagues.length > 0 && (
        <section>
          <h2>{w('answer.colleagues')}</h2>
          <p class="small muted">{w('answer.colleaguesHint')}</p>
          <List label={w('answer.colleagues')}>{colleagues.map(asked)}</List>
        </section>
      )}
      {all && mine.length + colleagues.length === 0 && (
        <EmptyState title={w('answer.nothing')} text={w('answer.nothingText')}>
          {answered.length === 0 && <Button href="/">{w('answer.home')}</Button>}
        </EmptyState>
      )}
      {answered.length > 0 && (
        <section>
          <h2>{w('answer.done')}</h2>
          <List label={w('answer.done')}>
            {answered.map((one) => (
              <ListRow
                key={one.id}
                plain
                href={`/questions/${one.id}`}
                title={one.values.text}
                second={[one.values.answer, one.values.answeredAt && momentText(one.values.answeredAt)]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </List>
        </section>
      )}
    </main>
  )
}
