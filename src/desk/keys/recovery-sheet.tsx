import { useSignal } from '@preact/signals'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { dayText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Mark } from '#src/ui/node.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from '../words.ts'
import { openingCommand } from './opening-command.ts'

const asked = 6

/** One copy. The second is on paper alone. */
const Sheet = ({ copy, recovery }: { copy: number; recovery: string }) => {
  const { store } = useApp()
  const groups = recovery.match(/.{1,6}/g) ?? []
  return (
    <div class={copy > 1 ? 'recovery recovery--again' : 'recovery'} aria-hidden={copy > 1}>
      <header class="recovery__head">
        <Mark width={68} />
        <span>
          {store.people.identity.value.province?.name} · {dayText(dayOfInstant(Date.now()))} ·{' '}
          {w('keys.paper.copy', { n: copy })}
        </span>
      </header>
      <p class="recovery__title">{w('keys.paper.sheet')}</p>
      <p class="recovery__key" translate={false}>
        {groups.map((group, at) => (
          <span key={at}>{group}</span>
        ))}
      </p>
      <p class="small">{w('keys.paper.use')}</p>
      <ol class="recovery__steps small">
        {w('keys.paper.steps')
          .split('\n')
          .map((step) => (
            <li key={step}>{step.replace(/^\d+\. /, '')}</li>
          ))}
      </ol>
      <pre class="recovery__command" translate={false}>
        {openingCommand}
      </pre>
    </div>
  )
}

/** The private half of the recovery key, for paper. It is shown here and is never anywhere again. */
export const RecoverySheet = (props: {
  recovery: string
  pending: boolean
  onConfirm: () => void
  onCancel: () => void
}) => {
  const typed = useSignal('')
  const tried = useSignal(false)
  const right = typed.value.trim().toUpperCase() === props.recovery.slice(-asked)
  return (
    <section class="stack">
      <div class="screen-only">
        <h2>{w('keys.paper.title')}</h2>
        <p>{w('keys.paper.text')}</p>
      </div>
      {[1, 2].map((copy) => (
        <Sheet key={copy} copy={copy} recovery={props.recovery} />
      ))}
      <form
        class="stack screen-only"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          tried.value = true
          if (right) props.onConfirm()
        }}
      >
        <div>
          <Button variant="plain" icon="printer" onClick={() => print()}>
            {w('keys.paper.print')}
          </Button>
        </div>
        <TextField
          id="recovery-confirm"
          label={w('keys.paper.confirm')}
          hint={w('keys.paper.confirmHint')}
          value={typed.value}
          maxLength={20}
          error={tried.value && !right ? w('keys.paper.wrong') : undefined}
          onInput={(text) => {
            typed.value = text
          }}
        />
        <div class="cluster">
          <Button variant="line" onClick={props.onCancel}>
            {w('keys.paper.cancel')}
          </Button>
          <Button type="submit" notYet={!right} pending={props.pending}>
            {w('keys.paper.submit')}
          </Button>
        </div>
      </form>
    </section>
  )
}
