import { useSignal } from '@preact/signals'
import type { Failure, FailureCode } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { isIpadInBrowser } from '#src/session/installed.ts'
import { needsPassword } from '#src/session/session.ts'
import type { SignedInPerson } from '#src/store/identity-types.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from '../account-words.ts'
import { Erased } from '../tablet/erased.tsx'
import { Farewell } from '../tablet/farewell.tsx'
import { InstallFirst } from './install-first.tsx'
import { WhichProvince } from './which-province.tsx'

/** The person who works here signs in again, because the server's session has ended. */
export const SignInAgain = ({ onDone }: { onDone: () => void }) => {
  const { session } = useApp()
  return <PasswordForm username={session.person.value?.username ?? ''} onDone={onDone} />
}

/** Who works here? Colleagues who were here before are one tap away; a first sign-in asks the server. */
export const SignIn = ({ onDone }: { onDone?: () => void }) => {
  const { session, names } = useApp()
  const known = session.people.value
  const asks = useSignal<'list' | 'password'>(known.length > 0 ? 'list' : 'password')
  const username = useSignal('')

  const choose = (person: SignedInPerson) => {
    if (needsPassword(person)) {
      username.value = person.username
      asks.value = 'password'
      return
    }
    session.switchTo(person.id)
    onDone?.()
  }

  if (asks.value === 'list' && known.length > 0) {
    return (
      <main class="page stack narrow" id="content">
        <Village />
        <h1>{w('signIn.known')}</h1>
        <List>
          {known.map((person) => (
            <ListRow
              key={person.id}
              seat={<Icon name={needsPassword(person) ? 'lock' : 'user'} />}
              title={names.staffName(person.id)}
              second={
                needsPassword(person)
                  ? w('signIn.needsPassword')
                  : person.standing.roles.map((role) => w(`roles.${role}`)).join(' · ')
              }
              onClick={() => choose(person)}
            />
          ))}
          <ListRow
            seat={<Icon name="user-plus" />}
            title={w('signIn.another')}
            onClick={() => {
              username.value = ''
              asks.value = 'password'
            }}
          />
        </List>
      </main>
    )
  }
  return (
    <PasswordForm
      username={username.value}
      {...(known.length > 0 && { onBack: () => into(asks)('list') })}
      onDone={onDone}
    />
  )
}

/** Answers after which another code may be what is missing. */
const ofEnrolment: readonly FailureCode[] = ['not-enrolled', 'not-admitted', 'wrong-enrolment-code']

const PasswordForm = (props: { username: string; onBack?: () => void; onDone?: (() => void) | undefined }) => {
  const { session, store, syncNow } = useApp()
  const firstHere = session.people.value.length === 0
  const { credential, enrolment } = store.people.identity.value
  const username = useSignal(props.username)
  const password = useSignal('')
  const code = useSignal('')
  const shown = useSignal(false)
  const pending = useSignal(false)
  const tried = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const anyway = useSignal(false)

  const submit = (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (username.value.trim() && password.value) void ask()
  }
  const ask = async (movesTo?: string) => {
    pending.value = true
    const answer = await session.signIn(username.value.trim(), password.value, { movesTo, code: code.value.trim() })
    pending.value = false
    if (!answer.ok) problem.value = answer.failure
    else {
      // a restored server knows the tablet again only now, and may have been asked for the last time minutes ago
      syncNow()
      props.onDone?.()
    }
  }
  const required = (text: string) => (tried.value && !text.trim() ? t('errors.required') : undefined)

  if (isIpadInBrowser() && !anyway.value) return <InstallFirst onAnyway={() => into(anyway)(true)} />
  const isRefused = ofEnrolment.includes(problem.value?.code ?? 'unavailable')
  return (
    <main class="page stack narrow" id="content">
      <Village />
      <h1>{w('signIn.title')}</h1>
      {firstHere && <p class="muted">{w('signIn.lead')}</p>}
      {enrolment && <Notice icon="tablet" title={w('enrol.ready')} />}
      <Erased />
      <Farewell />
      {problem.value?.detail === 'which-province' && (
        <WhichProvince
          onMove={(province) => {
            problem.value = null
            void ask(province)
          }}
          onStay={() => into(problem)(null)}
        />
      )}
      {problem.value && problem.value.detail !== 'which-province' && (
        <Notice tone="need" alert>
          {problem.value.code === 'unavailable' ? w('signIn.noSignal') : failureText(problem.value)}
        </Notice>
      )}
      <form class="stack" onSubmit={submit} noValidate>
        <TextField
          id="username"
          label={w('signIn.username')}
          value={username.value}
          onInput={into(username)}
          error={required(username.value)}
          icon="user"
          autoComplete="username"
          required
        />
        <TextField
          id="password"
          label={w('signIn.password')}
          type={shown.value ? 'text' : 'password'}
          value={password.value}
          onInput={into(password)}
          error={required(password.value)}
          icon="lock"
          autoComplete="current-password"
          required
          trailing={
            <IconButton
              icon={shown.value ? 'eye-off' : 'eye'}
              label={shown.value ? w('signIn.hide') : w('signIn.show')}
              onClick={() => into(shown)(!shown.value)}
            />
          }
        />
        {(isRefused || (!enrolment && credential === null)) && (
          <TextField
            id="code"
            label={w('enrol.code')}
            hint={w('enrol.codeHint')}
            value={code.value}
            onInput={into(code)}
            maxLength={200}
            icon="tablet"
            autoComplete="off"
            optional
          />
        )}
        <Button type="submit" size="big" full pending={pending.value}>
          {w('signIn.submit')}
        </Button>
        {props.onBack && (
          <Button variant="quiet" icon="arrow-left" onClick={props.onBack}>
            {w('signIn.known')}
          </Button>
        )}
      </form>
    </main>
  )
}
