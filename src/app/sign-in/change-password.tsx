import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { isGuarded } from '#domain/roles.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../account-words.ts'
import { MakeWords } from './make-words.tsx'

const shortest = 10

/** The first password is somebody else's knowledge: it is changed before anything else. Later it is changed from this tablet's page. */
export const ChangePassword = ({ first, onDone }: { first: boolean; onDone: () => void }) => {
  const { session } = useApp()
  const signs = isGuarded(session.person.value!.standing)
  const current = useSignal('')
  const next = useSignal('')
  const again = useSignal('')
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)

  const errors = () => ({
    current: current.value ? undefined : t('errors.required'),
    next: [...next.value].length >= shortest ? undefined : w('password.tooShort'),
    again: again.value === next.value ? undefined : w('password.differ'),
  })
  const submit = async (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (Object.values(errors()).some((one) => one !== undefined)) return
    pending.value = true
    const answer = await session.changePassword(current.value, next.value)
    pending.value = false
    if (!answer.ok) {
      problem.value = answer.failure
      return
    }
    toast(w('password.done'))
    onDone()
  }
  const take = (words: string) => {
    next.value = words
    again.value = ''
  }
  const field = (name: 'current' | 'next' | 'again', value: typeof current) => (
    <TextField
      id={`password-${name}`}
      label={w(`password.${name}`)}
      hint={name === 'next' ? w(signs ? 'password.guardedHint' : 'password.nextHint') : undefined}
      type="password"
      value={value.value}
      onInput={into(value)}
      error={tried.value ? errors()[name] : undefined}
      autoComplete={name === 'current' ? 'current-password' : 'new-password'}
      required
    />
  )
  return (
    <main class="page stack narrow" id="content">
      <h1>{w('password.title')}</h1>
      {first && <p class="muted">{w('password.lead')}</p>}
      {problem.value && (
        <Notice tone="need" alert>
          {signs && problem.value.code === 'password-too-weak' ? w('password.tooWeak') : failureText(problem.value)}
        </Notice>
      )}
      <form class="stack" onSubmit={submit} noValidate>
        {field('current', current)}
        {field('next', next)}
        {signs && <MakeWords onMade={take} />}
        {field('again', again)}
        <Button type="submit" size="big" full pending={pending.value}>
          {w('password.submit')}
        </Button>
        {!first && (
          <Button variant="quiet" onClick={onDone}>
            {t('cancel')}
          </Button>
        )}
      </form>
    </main>
  )
}
