import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from '../account-words.ts'
import { NotTaken } from '../tablet/untaken.tsx'

/** Stands before everything of whoever holds a guarded role until they have typed their password. It needs no network. */
export const Locked = () => {
  const { session, names, store, syncNow } = useApp()
  const password = useSignal('')
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const person = session.person.value
  // an attribute alone counts only while the page is loaded
  useEffect(() => document.getElementById('unlock-password')?.focus(), [person?.id])
  if (!person) return null
  const hasKey = store.people.keyOf(person.id) !== null
  // while it is locked nothing is read: their record may not have come yet
  const known = names.staff.value.some(({ id }) => id === person.id)

  const submit = async (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (!password.value || pending.value) return
    pending.value = true
    problem.value = null
    const answer = await session.signIn(person.username, password.value)
    pending.value = false
    if (answer.ok) return syncNow()
    problem.value = answer.failure
    password.value = ''
  }
  const textOf = (failure: Failure) =>
    failure.code === 'wrong-credentials'
      ? w('locked.wrongPassword')
      : failure.code === 'unavailable'
        ? w(hasKey ? 'locked.wrong' : 'locked.needsSignal')
        : failureText(failure)
  return (
    <main class="page stack narrow" id="content">
      <Village />
      <h1>{w('locked.title', { name: known ? names.staffName(person.id) : person.username })}</h1>
      <p class="muted">{w('locked.text')}</p>
      <NotTaken />
      {problem.value && (
        <Notice tone="need" alert>
          {textOf(problem.value)}
        </Notice>
      )}
      <form class="stack" onSubmit={submit} noValidate>
        <input
          class="visually-hidden"
          type="text"
          autoComplete="username"
          value={person.username}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          id="unlock-password"
          label={w('signIn.password')}
          type="password"
          value={password.value}
          onInput={into(password)}
          error={tried.value && !password.value && !problem.value ? t('errors.required') : undefined}
          icon="lock"
          autoComplete="current-password"
          required
        />
        <Button type="submit" size="big" full icon="lock" pending={pending.value}>
          {w('locked.submit')}
        </Button>
        <Button variant="quiet" icon="users" href="/switch">
          {w('settings.switchPerson')}
        </Button>
      </form>
    </main>
  )
}
