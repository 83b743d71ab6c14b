import { useEffect, useRef } from 'preact/hooks'
import type { Values } from '#domain/record-kind.ts'
import { activity } from '#domain/records/activity.ts'
import type { Form } from '#src/capture/form.ts'
import { listOf } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { toast } from '#src/ui/toast.tsx'
import { lastOf, prefill } from './like-last-time.ts'
import { w } from './words.ts'

type Answers = Values<typeof activity>

/** Fills a new form from one's last activity, says what it filled, and can be undone. Gone when it would fill nothing. */
export function LikeLastTime(props: { form: Form<typeof activity>; began: Answers }) {
  const { form, began } = props
  const { session } = useApp()
  const all = useRecords(activity).value
  // The toast outlives the form: undoing a form that was saved would begin it again.
  const open = useRef(true)
  useEffect(
    () => () => {
      open.current = false
    },
    [],
  )
  const now = form.values.value
  const last = all && lastOf(all, session.person.value?.id ?? '', now.place)
  const answers = last ? prefill(last.values, now, began) : {}
  const names = Object.keys(answers) as (keyof Answers)[]
  if (names.length === 0) return null
  const fill = () => {
    const before = Object.fromEntries(names.map((name) => [name, now[name]]))
    form.fill(answers)
    toast(w('filled', { fields: listOf(names.map((name) => fieldLabel(activity.kind, name))) }), {
      undo: () => open.current && form.fill(before),
    })
  }
  return (
    <div class="like-last">
      <Button variant="plain" size="small" icon="history" onClick={fill}>
        {w('likeLast')}
      </Button>
    </div>
  )
}
