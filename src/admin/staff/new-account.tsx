import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { reasonText } from '../server-news.tsx'
import { w } from '../words.ts'
import { firstPassword } from './first-password.ts'

const wanted = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{2,39}$/u

/** Gives somebody a way in, with a password made here that they change at once. */
export const NewAccount = (props: { staff: RecordView; onMade: (username: string, password: string) => void }) => {
  const { api, syncNow } = useApp()
  const username = useSignal('')
  const problem = useSignal<string | undefined>(undefined)
  const failed = useSignal<Failure | null>(null)
  const busy = useSignal(false)
  // the server gives accounts only to people whom it knows
  const unsent = props.staff.waiting.length > 0
  const make = async () => {
    const name = username.peek().normalize('NFKC').trim().toLowerCase()
    problem.value = wanted.test(name) ? undefined : w('account.usernameWrong')
    if (problem.peek() || busy.peek()) return
    const password = firstPassword((length) => crypto.getRandomValues(new Uint8Array(length)))
    busy.value = true
    const answer = await api.post<void>('/api/accounts', { staff: props.staff.id, username: name, password })
    busy.value = false
    if (answer.ok) return props.onMade(name, password)
    if (answer.failure.code === 'name-taken') problem.value = w('account.usernameTaken')
    else failed.value = answer.failure
  }
  if (unsent) {
    return (
      <Notice
        tone="wait"
        action={
          <Button variant="line" size="small" icon="refresh" onClick={syncNow}>
            {w('account.sendNow')}
          </Button>
        }
      >
        <p>{w('account.unsent')}</p>
      </Notice>
    )
  }
  return (
    <form
      class="stack stack--tight"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <p class="muted">{w('account.none')}</p>
      <TextField
        id="account-username"
        label={w('account.usernameLabel')}
        hint={w('account.usernameHint')}
        value={username.value}
        maxLength={40}
        error={problem.value}
        onInput={(text) => {
          problem.value = undefined
          into(username)(text)
        }}
      />
      {failed.value && (
        <Notice tone="need" alert>
          <p>{failed.value.code === 'not-found' ? w('account.unsent') : reasonText(failed.value)}</p>
        </Notice>
      )}
      <div>
        <Button type="submit" icon="key" pending={busy.value}>
          {w('account.make')}
        </Button>
      </div>
    </form>
  )
}
