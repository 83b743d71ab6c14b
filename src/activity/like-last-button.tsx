import { useEffect, useRef } from 'preact/hooks'
import type { Values } from '#domain/record-kind.ts'
import { activity } from '#domain/records/activity.ts'
import type { Form } from '#src/capture/form.ts'
import { useNewest } from '#src/capture/use-newest.ts'
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
  const newest = useNewest(activity).records
  // An offer to undo does not outlive its form: it would begin a saved one again.
  const said = useRef(() => {})
  useEffect(() => () => said.current(), [])
  const now = form.values.value
  // the newest need not reach back to the last time at this place
  const here = useRecords(activity, now.place ? { place: now.place } : { limit: 0 }).value
  const last = newest && here && lastOf([...here, ...newest], session.person.value?.id ?? '', now.place)
  const answers = last ? prefill(last.values, now, began) : {}
  const names = Object.keys(answers) as (keyof Answers)[]
  if (names.length === 0) return null
  const fill = () => {
    const before = Object.fromEntries(names.map((name) => [name, now[name]]))
    form.fill(answers)
    said.current = toast(w('filled', { fields: listOf(names.map((name) => fieldLabel(activity.kind, name))) }), {
      undo: () => form.fill(before),
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
