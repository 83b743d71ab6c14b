import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { longest, readNote } from '#domain/complaint/content.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { complaintCase } from '#domain/records/case.ts'
import { dirtyForms } from '#src/capture/dirty.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { toast } from '#src/ui/toast.tsx'
import { useDeskList } from '../desk-state.ts'
import { caseId } from '../rows.ts'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { sealNote } from './seal-note.ts'

interface ReadableNote {
  readonly key: string
  readonly at: number
  readonly author: string | undefined
  readonly sealed: string
  /** The ending of which it is the reason. */
  readonly reasonFor: string | undefined
}

/** Notes of the desk, sealed to it. A note that is being written is nowhere but on the screen. */
export const Notes = ({ complaint }: { complaint: RecordId }) => {
  const list = useDeskList()
  const { store, session, syncNow } = useApp()
  const id = caseId(complaint)
  const view = useRecord<typeof complaintCase>(id).value
  const text = useSignal('')
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const writing = text.value !== ''
  useEffect(() => {
    if (writing) dirtyForms.add(id)
    return () => dirtyForms.delete(id)
  }, [writing, id])
  const notes = Object.entries(view?.values.notes ?? {})
    .map(
      ([key, { sealed, at, author, reasonFor }]): ReadableNote => ({
        key,
        sealed: sealed ?? '',
        at: at ?? 0,
        author: author ?? undefined,
        reasonFor: reasonFor ?? undefined,
      }),
    )
    .sort((a, b) => a.at - b.at)

  const add = async (event: Event) => {
    event.preventDefault()
    const written = text.value.trim()
    if (written === '' || !list || pending.value || view === undefined) return
    pending.value = true
    const author = session.person.peek()!.id
    const notes = await sealNote(list, id, { text: written, author })
    const saved = await store.save({
      kind: 'case',
      record: id,
      base: view?.base ?? null,
      // a note decides nothing
      set: { ...(!view && { complaint }), notes },
      author,
    })
    pending.value = false
    problem.value = saved.ok ? null : saved.failure.failure
    if (!saved.ok) return
    text.value = ''
    syncNow()
    toast(w('case.added'))
  }
  return (
    <section class="stack ruled">
      <div>
        <h2>{w('case.notes')}</h2>
        <p class="small muted">{w('case.notesHint')}</p>
      </div>
      {notes.length === 0 ? (
        <p class="muted">{w('case.none')}</p>
      ) : (
        <ol class="notes">
          {notes.map((note) => (
            <Note key={note.key} note={note} caseId={id} />
          ))}
        </ol>
      )}
      {unlocked.value && list && (
        <form class="stack" autocomplete="off" spellcheck={false} onSubmit={(event) => void add(event)}>
          <TextArea
            id="case-note"
            label={w('case.note')}
            rows={3}
            maxLength={longest.text}
            value={text.value}
            onInput={(next) => {
              text.value = next
            }}
          />
          {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
          <div>
            <Button
              type="submit"
              variant="line"
              icon="mail-seal"
              notYet={text.value.trim() === ''}
              pending={pending.value}
            >
              {w('case.add')}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

const Note = ({ note, caseId: id }: { note: ReadableNote; caseId: RecordId }) => {
  const { names } = useApp()
  const member = unlocked.value
  const shown = useSignal<string | null | undefined>(undefined)
  useEffect(() => {
    shown.value = undefined
    if (!member) return
    let stale = false
    void import('#src/vault/seal.ts')
      .then(({ open }) => open(note.sealed, member.identity))
      .then((inside) => {
        if (!stale) shown.value = inside === null ? null : (readNote(inside, id, note.key)?.text ?? null)
      })
    return () => {
      stale = true
    }
  }, [member, note.sealed])
  return (
    <li>
      {note.reasonFor && (
        <p class="small strong">{w('case.reasonOf', { state: names.label('complaintStatus', note.reasonFor) })}</p>
      )}
      <p class="small muted">{w('case.by', { name: names.staffName(note.author), time: momentText(note.at) })}</p>
      {member ? (
        shown.value === null ? (
          <p class="desk-late">{w('case.unreadable')}</p>
        ) : (
          <p class="told__text">{shown.value}</p>
        )
      ) : (
        <p class="muted">{w('case.sealedNote')}</p>
      )}
    </li>
  )
}
