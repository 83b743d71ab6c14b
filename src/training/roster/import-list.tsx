import { useMemo, useState } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import type { RosterMapping } from '#domain/training/roster-columns.ts'
import { rosterRows } from '#domain/training/roster-import.ts'
import { type Answers, matchRoster, planRoster, presumed, unanswered } from '#domain/training/roster-plan.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { newRecordId } from '../parts/random-id.ts'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import { BadRows } from './bad-rows.tsx'
import { FilePicker } from './file-picker.tsx'
import { LikeRows } from './like-rows.tsx'
import { MappingTable } from './mapping-table.tsx'
import { type ListProblem, type ReadList, readList } from './read-list.ts'
import { knownPerson, type PlacePeople, useIdOfNumber } from './use-place-people.ts'
import { useRosterChange } from './use-roster-change.ts'

type Props = { session: SessionView; here: PlacePeople; onDone: () => void }

/** The school's own list as CSV: what each column holds, what is wrong, who is already known, then all at once. */
export const ImportList = (props: Props) => {
  const [list, setList] = useState<ReadList | null>(null)
  const [problem, setProblem] = useState<ListProblem | undefined>(undefined)
  const pick = async (file: File) => {
    const read = await readList(file)
    setProblem(typeof read === 'string' ? read : undefined)
    setList(typeof read === 'string' ? null : read)
  }
  return (
    <div class="stack">
      {!list && (
        <>
          <p class="muted">{w('import.lead')}</p>
          <FilePicker label={w('import.pick')} onPick={pick} />
        </>
      )}
      {problem && (
        <Notice tone="need" alert title={w('import.notRead')}>
          {w(`import.problem.${problem}`)}
        </Notice>
      )}
      {list && (
        <ReadRows key={`${list.name}${list.table.rows.length}`} {...props} list={list} onOther={() => setList(null)} />
      )}
    </div>
  )
}

const ReadRows = ({ session, here, list, onDone, onOther }: Props & { list: ReadList; onOther: () => void }) => {
  const [mapping, setMapping] = useState<RosterMapping>(list.table.mapping)
  const [answered, setAnswered] = useState<Answers>(new Map())
  const [saving, setSaving] = useState(false)
  const [tried, setTried] = useState(false)
  const change = useRosterChange(session)
  const idOfNumber = useIdOfNumber(session.values.place as RecordId)
  const named = mapping.givenName !== undefined || mapping.fullName !== undefined
  const { good, bad, duplicatesWithin } = useMemo(() => rosterRows(list.table, mapping), [list, mapping])
  // Read once for a list: people who arrive from elsewhere meanwhile must not move the questions under a finger.
  const matches = useMemo(() => matchRoster(good, here.known.map(knownPerson), idOfNumber), [good])
  const answers: Answers = useMemo(() => new Map([...presumed(matches), ...answered]), [matches, answered])
  const people = useMemo(() => planRoster(matches, answers, newRecordId), [matches, answers])
  const numbersTwice = duplicatesWithin.filter(({ by }) => by === 'number').length
  const open = unanswered(matches, answers)
  const asked = matches.filter(({ candidate }) => candidate)
  const save = async () => {
    setTried(true)
    if (!named || open.length > 0 || people.length === 0) return
    setSaving(true)
    const done = await change.add(people, here)
    setSaving(false)
    if (done) onDone()
  }
  return (
    <div class="stack stack--wide">
      <div class="spread">
        <p>
          <b>{list.name}</b>{' '}
          <span class="muted">
            {w('import.readAs', {
              encoding: list.encoding === 'utf-8' ? 'UTF-8' : 'Windows-874',
              n: list.table.rows.length,
            })}
          </span>
        </p>
        <Button variant="quiet" size="small" icon="upload" onClick={onOther}>
          {w('import.other')}
        </Button>
      </div>
      <MappingTable
        table={list.table}
        mapping={mapping}
        onChange={(next) => {
          setMapping(next)
          setAnswered(new Map())
        }}
      />
      {!named && (
        <Notice tone={tried ? 'need' : 'wait'} alert={tried}>
          {w('import.noNameColumn')}
        </Notice>
      )}
      {named && <BadRows rows={bad} />}
      {named && numbersTwice > 0 && <Notice>{w('import.numbersTwice', { n: numbersTwice })}</Notice>}
      {named && asked.length > 0 && (
        <LikeRows
          matches={asked}
          people={here.people}
          answers={answers}
          missing={tried ? open : []}
          onAnswer={(lines, answer) =>
            setAnswered(new Map([...answered, ...lines.map((line) => [line, answer] as const)]))
          }
        />
      )}
      <div class="stick-foot">
        {open.length > 0 && tried && <p class="need-text">{w('import.answerFirst', { n: open.length })}</p>}
        <Button
          size="big"
          full
          pending={saving}
          notYet={!named || open.length > 0 || people.length === 0}
          onClick={save}
        >
          {saving ? w('import.saving', { n: people.length }) : w('import.add', { n: named ? people.length : 0 })}
        </Button>
      </div>
    </div>
  )
}
