import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t, timeText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { type ErrorItem, ErrorSummary } from '#src/ui/error-summary.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DraftMark, TopBar } from '#src/ui/top-bar.tsx'
import { fieldId } from './field-text.ts'
import type { Form } from './form.ts'
import { unreadControls } from './unread.ts'
import { w } from './words.ts'

/** What comes after a form is seen from its top, wherever the form was scrolled to. */
const goOn = (away: () => void) => {
  away()
  scrollTo(0, 0)
}

/**
 * The frame of every form: title and draft mark above, what is in the way in one place, "later" and save at the thumb. `leave` goes back
 * to where one came from; what was typed stays as a draft.
 */
export function FormScreen<K extends AnyRecordKind>(props: {
  kind: K
  form: Form<K>
  title: string
  saveLabel: string
  leave: () => void
  onSaved: (record: RecordId) => void
  /** Where a field is shown, if not under its own id: several fields may stand in one control. */
  idOf?: ((field: string) => string) | undefined
  children: ComponentChildren
}) {
  const { kind, form } = props
  const body = useRef<HTMLElement>(null)
  const [unread, setUnread] = useState<readonly ErrorItem[]>([])
  const idOf = props.idOf ?? fieldId
  useEffect(() => scrollTo(0, 0), [])
  useEffect(() => {
    document.title = `${props.title} · ${t('appName')}`
  }, [props.title])

  const values = form.values.value
  useEffect(() => setUnread([]), [values])

  const failed = Object.values(form.errors.value).map(({ code, field = '' }) => ({
    id: idOf(field),
    text: w(code === 'missing-field' ? 'form.missing' : 'form.invalid', { field: fieldLabel(kind.kind, field) }),
  }))
  const items = [...failed, ...unread]
  const problem = form.problem.value
  const kept = form.keptAt.value

  // The screen one goes to asks whether a draft is there.
  const leave = () => void form.rest().finally(() => goOn(props.leave))

  const save = async () => {
    const known = new Set(Object.keys(form.errors.peek()).map(idOf))
    const unclear = body.current ? unreadControls(body.current, known) : []
    setUnread(unclear)
    if (unclear.length > 0) return
    const record = await form.save()
    if (record) goOn(() => props.onSaved(record))
  }

  return (
    <div class="screen">
      <main ref={body} id="content" class="page stack">
        <TopBar
          title={props.title}
          back={leave}
          close
          right={<DraftMark time={kept === null ? undefined : timeText(kept)} />}
        />
        {form.restored.value && (
          <Notice
            icon="history"
            action={
              <Button variant="quiet" size="small" onClick={() => void form.startAgain()}>
                {w('form.startAgain')}
              </Button>
            }
          >
            {w('form.draftBack')}
          </Notice>
        )}
        <ErrorSummary title={w('form.stopped')} items={items} />
        {problem && (
          <Notice tone="need" alert>
            {failureText(problem)}
          </Notice>
        )}
        {form.ready.value && props.children}
      </main>
      <Dock>
        <Button variant="line" onClick={leave}>
          {t('later')}
        </Button>
        <Button size="big" pending={form.saving.value} notYet={items.length > 0} onClick={() => void save()}>
          {props.saveLabel}
        </Button>
      </Dock>
    </div>
  )
}
