import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { failureText } from '#src/i18n/failure.ts'
import { dayText, momentText, n } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'
import { Copied } from './copied.tsx'
import { Erased } from './erased.tsx'
import { HeldChanges } from './held-changes.tsx'
import { Rescue } from './rescue.tsx'
import { Sending } from './sending.tsx'
import { Settings } from './settings.tsx'
import { NotTaken } from './untaken.tsx'

/** Where the work of this tablet is, what it still needs, and who uses it. */
export const Tablet = () => {
  const { store, sync } = useApp()
  const { waiting, safe, held } = store.counts.value
  const { lastAnswer, failure } = sync.state.value
  const clock = sync.clock.value
  const recovered = store.recovered.value
  return (
    <main class="page stack" id="content">
      <div class="page-head">
        <h1>{w('safety.title')}</h1>
      </div>
      <div class="stations">
        <Station
          icon="tablet"
          count={waiting + safe + held}
          name={w('safety.onTablet')}
          hint={w('safety.onTabletHint')}
        />
        <Station
          icon="cloud-up"
          tone="waiting"
          count={waiting}
          name={w('safety.waiting')}
          hint={w('safety.waitingHint')}
        />
        <Station icon="shield-check" tone="safe" count={safe} name={w('safety.safe')} hint={w('safety.safeHint')} />
      </div>
      <section>
        <h2>{w('safety.canTurnOff')}</h2>
        <p class="muted">
          {waiting + held > 0 ? w('safety.wouldLose', { n: waiting + held }) : w('safety.allSafe')}{' '}
          {lastAnswer > 0 ? w('safety.lastExchange', { time: momentText(lastAnswer) }) : w('safety.neverExchanged')}
        </p>
        {failure && <p class="muted">{w('safety.problem', { reason: failureText(failure) })}</p>}
        <div class="send-now">
          <SendNow />
        </div>
      </section>
      {clock && (
        <Notice tone="wait" title={w('safety.clock')}>
          <p>{w('safety.clockText', { day: dayText(dayOfInstant(Date.now())) })}</p>
        </Notice>
      )}
      {recovered && (
        <Notice tone="wait" icon="history" title={w('safety.recovered', { n: recovered.changes })}>
          <p>{w('safety.recoveredText')}</p>
        </Notice>
      )}
      <NotTaken />
      <Erased />
      <Copied />
      <HeldChanges />
      <Sending />
      <Rescue />
      <Storage />
      <Settings />
    </main>
  )
}

const Station = (props: { icon: IconName; tone?: 'waiting' | 'safe'; count: number; name: string; hint: string }) => (
  <div class={props.tone ? `station station--${props.tone}` : 'station'}>
    <span class="station__seat">
      <Icon name={props.icon} size={32} />
    </span>
    <span class="station__count">{n(props.count)}</span>
    <span class="station__name">{props.name}</span>
    <span class="muted small">{props.hint}</span>
  </div>
)

const SendNow = () => {
  const { syncNow, sync } = useApp()
  return (
    <Button variant="plain" icon="refresh" pending={sync.state.value.sending !== null} onClick={syncNow}>
      {w('safety.sendNow')}
    </Button>
  )
}

const megabyte = 1_048_576

/** Whether the browser promises to keep what lies here, and how much that is. */
const Storage = () => {
  const { store } = useApp()
  const persisted = useSignal<boolean | null>(null)
  const refused = useSignal(false)
  const used = useSignal<number | null>(null)
  useEffect(() => {
    void navigator.storage?.persisted?.().then((answer) => {
      persisted.value = answer
    })
    void navigator.storage?.estimate?.().then((answer) => {
      used.value = answer.usage ?? null
    })
  }, [])
  const ask = async () => {
    const answer = await navigator.storage.persist()
    persisted.value = answer
    refused.value = !answer
  }
  return (
    <section class="stack stack--tight">
      {store.journalKind === 'none' && (
        <Notice tone="wait" icon="hard-drive">
          {w('safety.lessSafe')}
        </Notice>
      )}
      {persisted.value === false && (
        <Notice
          tone="wait"
          icon="hard-drive"
          title={w('safety.notPersisted')}
          action={
            <Button size="small" variant="line" onClick={ask}>
              {w('safety.askPersist')}
            </Button>
          }
        >
          {refused.value && w('safety.persistRefused')}
        </Notice>
      )}
      <p class="cluster small muted">
        <Icon name="hard-drive" size={20} />
        {used.value !== null && w('safety.storage', { used: n(Math.ceil(used.value / megabyte)) })}
        {persisted.value === true && (
          <>
            <Icon name="lock" size={20} />
            {w('safety.persisted')}
          </>
        )}
      </p>
    </section>
  )
}
