import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { InterruptedIntake } from '#domain/complaint/interrupted.ts'
import { useApp } from '#src/session/context.ts'
import { isIpadInBrowser } from '#src/session/installed.ts'
import { Button } from '#src/ui/button.tsx'
import { Fingerprint } from '#src/ui/fingerprint.tsx'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Calls } from './calls.tsx'
import { current, putAside } from './current.ts'
import { createIntake } from './intake.ts'
import { interrupted, refreshInterrupted } from './interrupted.ts'
import { InterruptedList } from './interrupted-list.tsx'
import { OwnEnvelopes } from './own-envelopes.tsx'
import { type Closed, intakePorts } from './ports.ts'
import { w } from './words.ts'
import './complaint.css'

/** The way in: what it is, who can read it, what was interrupted, and the one button. */
export const Landing = () => {
  const app = useApp()
  const list = app.store.people.identity.value.desk?.list
  const closed: Closed | null = isIpadInBrowser() ? 'browser' : list ? null : 'no-key'
  const pending = useSignal(false)

  useEffect(() => {
    // leaving in the middle of a sitting ends here: it is sealed, and then listed as interrupted
    void putAside().then(() => refreshInterrupted(app.store))
    if (!closed) void import('#src/vault/seal.ts')
  }, [closed])
  useEffect(() => {
    if (closed === 'no-key') void app.session.refresh()
  }, [closed])

  const begin = async (before: InterruptedIntake | null) => {
    const ports = intakePorts(app)
    if (!ports || pending.value) return
    pending.value = true
    await putAside()
    current.value = createIntake(ports, before)
  }

  return (
    <main class="page stack stack--wide screen-only" id="content">
      <header>
        <div class="page-head">
          <h1>{w('title')}</h1>
        </div>
        <p class="muted">{w('lead')}</p>
      </header>
      {closed ? (
        <ClosedNotice why={closed} />
      ) : (
        <>
          <InterruptedList onContinue={(intake) => void begin(intake)} />
          <Button
            variant={interrupted.value?.length ? 'line' : 'primary'}
            size="big"
            full
            iconEnd="arrow-right"
            onClick={() => void begin(null)}
          >
            {w('start')}
          </Button>
          <ul class="intake-facts">
            <Fact icon="mail-seal" text={w('facts.sealed')} />
            <Fact icon="users" text={w('facts.readers', { n: list?.keys.length ?? 0 })} />
            {list && (
              <li class="intake-fact">
                <Icon name="key" />
                <div>
                  <span>{w('facts.print')}</span>
                  <Fingerprint of={list.root} />
                </div>
              </li>
            )}
            <Fact icon="wifi-off" text={w('facts.offline')} />
            <Fact icon="pencil" text={w('facts.keyboard')} />
            <Fact icon="log-out" text={w('facts.picture')} />
          </ul>
        </>
      )}
      <Calls />
      <OwnEnvelopes />
    </main>
  )
}

const Fact = ({ icon, text }: { icon: IconName; text: string }) => (
  <li class="intake-fact">
    <Icon name={icon} />
    <span>{text}</span>
  </li>
)

const ClosedNotice = ({ why }: { why: Closed }) => (
  <Notice tone="wait" icon="lock" title={w('closed.title')}>
    {why === 'no-key' && (
      <>
        <p>{w('closed.noKey')}</p>
        <p class="muted small">{w('closed.noKeyNews')}</p>
      </>
    )}
    {why === 'browser' && <p>{w('closed.browser')}</p>}
  </Notice>
)
