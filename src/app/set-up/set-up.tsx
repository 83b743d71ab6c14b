import { useSignal } from '@preact/signals'
import type { Enrolment } from '#domain/authority/enrolment.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Role } from '#domain/roles.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ChoiceTiles } from '#src/ui/choice-tiles.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from '../account-words.ts'
import { MakeWords } from '../sign-in/make-words.tsx'

interface SampleSignIn {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly roles: readonly Role[]
}

interface SetUpAnswer {
  /** Makes this very browser the province's first tablet. */
  readonly enrolment: Enrolment
  readonly signIns?: readonly SampleSignIn[]
}

/** The first page of an empty server: a real province, or sample data. Guarded by the code on the server's console. */
export const SetUp = ({ onDone }: { onDone: () => void }) => {
  const { api, store } = useApp()
  const mode = useSignal<'province' | 'sample'>('province')
  const input = {
    code: useSignal(''),
    province: useSignal(''),
    name: useSignal(''),
    username: useSignal(''),
    password: useSignal(''),
  }
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const created = useSignal<SetUpAnswer | null>(null)

  const errorOf = (name: keyof typeof input): string | undefined => {
    const text = input[name].value.trim()
    if (!text) return t('errors.required')
    if (name === 'username' && !/^[A-Za-z0-9.-]{3,40}$/.test(text)) return w('setUp.usernameWrong')
    if (name === 'password' && [...text].length < 10) return w('password.tooShort')
    return undefined
  }
  const asked: readonly (keyof typeof input)[] =
    mode.value === 'sample' ? ['code'] : ['code', 'province', 'name', 'username', 'password']

  const submit = async (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (asked.some(errorOf)) return
    pending.value = true
    const text = (name: keyof typeof input) => input[name].value.trim()
    const answer = await api.post<SetUpAnswer>('/api/setup', {
      code: text('code'),
      mode: mode.value,
      ...(mode.value === 'province' && {
        province: { name: text('province') },
        administrator: { name: text('name'), username: text('username'), password: input.password.value },
      }),
    })
    pending.value = false
    if (answer.ok) await store.people.enrol(answer.value.enrolment)
    if (!answer.ok) problem.value = answer.failure
    else if (answer.value.signIns) created.value = answer.value
    else onDone()
  }

  const field = (name: keyof typeof input, label: string, more: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      id={`set-up-${name}`}
      label={label}
      value={input[name].value}
      onInput={into(input[name])}
      error={tried.value ? errorOf(name) : undefined}
      required
      {...more}
    />
  )

  if (created.value) return <SampleSignIns answer={created.value} onDone={onDone} />
  return (
    <main class="page stack narrow" id="content">
      <Village />
      <h1>{w('setUp.title')}</h1>
      <p class="muted">{w('setUp.lead')}</p>
      {problem.value && (
        <Notice tone="need" alert>
          {problem.value.detail === 'guarded' ? w('password.guardedHint') : failureText(problem.value)}
        </Notice>
      )}
      <form class="stack" onSubmit={submit} noValidate>
        <ChoiceTiles
          id="set-up-mode"
          label={w('setUp.title')}
          hideLabel
          value={mode.value}
          onChange={into(mode)}
          options={[
            { value: 'province', label: w('setUp.real'), hint: w('setUp.realHint') },
            { value: 'sample', label: w('setUp.sample'), hint: w('setUp.sampleHint') },
          ]}
        />
        {field('code', w('setUp.code'), { hint: w('setUp.codeHint'), icon: 'key' })}
        {mode.value === 'province' && (
          <>
            {field('province', w('setUp.province'), { icon: 'map-pin' })}
            {field('name', w('setUp.name'), { icon: 'user', autoComplete: 'name' })}
            {field('username', w('setUp.username'), { hint: w('setUp.usernameHint'), autoComplete: 'username' })}
            {field('password', w('signIn.password'), {
              hint: w('password.guardedHint'),
              type: 'password',
              autoComplete: 'new-password',
            })}
            <MakeWords onMade={into(input.password)} />
          </>
        )}
        <Button type="submit" size="big" full pending={pending.value}>
          {mode.value === 'sample' ? w('setUp.explore') : w('setUp.submit')}
        </Button>
      </form>
    </main>
  )
}

const SampleSignIns = ({ answer, onDone }: { answer: SetUpAnswer; onDone: () => void }) => (
  <main class="page stack narrow" id="content">
    <h1>{w('setUp.signIns')}</h1>
    <p class="muted">{w('setUp.signInsHint', { password: answer.signIns?.[0]?.password ?? '' })}</p>
    <List>
      {(answer.signIns ?? []).map(({ username, name, roles }) => (
        <ListRow
          key={username}
          title={username}
          second={[name, ...roles.map((role) => w(`roles.${role}`))].join(' · ')}
        />
      ))}
    </List>
    <Button size="big" full onClick={onDone}>
      {w('setUp.goOn')}
    </Button>
  </main>
)
