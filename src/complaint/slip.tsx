import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { groupedNumber } from '#domain/complaint/slip-number.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Switch } from '#src/ui/checkbox.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { Mark } from '#src/ui/node.tsx'
import { Calls } from './calls.tsx'
import { putAside } from './current.ts'
import type { Slip } from './intake.ts'
import { SealMark } from './seal-mark.tsx'
import { w } from './words.ts'
import './slip.css'

/** What the complainant takes along. By default nothing on it says that it is about a complaint. */
export const SlipScreen = ({ slip }: { slip: Slip }) => {
  const { store } = useApp()
  const neutral = useSignal(true)
  const title = useRef<HTMLHeadingElement>(null)
  const province = store.people.identity.value.province?.name ?? ''
  useEffect(() => {
    scrollTo(0, 0)
    title.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div class="screen slip-screen">
      <main class="page slip-screen__page" id="content">
        <header class="slip-screen__head screen-only">
          <SealMark />
          <h1 ref={title} tabIndex={-1}>
            {w('slip.sealed')}
          </h1>
          <p class="muted">{w('slip.cannotRead')}</p>
          <p class="muted">{w('slip.willSend')}</p>
        </header>
        <section class="slip">
          <header class="slip__head">
            <Mark width={68} mono />
            <span class="small muted">{momentText(slip.takenAt)}</span>
          </header>
          {!neutral.value && <p class="slip__title">{w('slip.plainTitle')}</p>}
          <p class="slip__number">
            <span class="visually-hidden">{w('slip.number')} </span>
            {groupedNumber(slip.number)
              .split('-')
              .map((group) => (
                <span key={group} class="nb">
                  {group}
                </span>
              ))}
          </p>
          <p class="slip__keep">{w('slip.tell')}</p>
          <dl class="slip__ask">
            <dt>{w('slip.askAt')}</dt>
            <dd>{neutral.value ? province : w('slip.deskOf', { province })}</dd>
            <dd>{w(slip.reachable ? 'slip.answered' : 'slip.unanswered')}</dd>
          </dl>
        </section>
        <div class="screen-only">
          <Switch
            id="slip-neutral"
            label={w('slip.neutral')}
            hint={w('slip.neutralHint')}
            checked={neutral.value}
            onChange={(checked) => {
              neutral.value = checked
            }}
          />
        </div>
        <WhomToAsk slip={slip} />
      </main>
      <footer class="dock">
        <div class="dock__inside slip-screen__dock">
          <Button size="big" full onClick={() => void putAside()}>
            {w('slip.clear')}
          </Button>
          <Button variant="plain" full icon="printer" onClick={() => print()}>
            {w('slip.print')}
          </Button>
        </div>
      </footer>
    </div>
  )
}

/** For the officer, on the screen alone: who can answer later, since this tablet cannot. */
const WhomToAsk = ({ slip }: { slip: Slip }) => {
  const { store, names } = useApp()
  const keys = store.people.identity.value.desk?.list.keys ?? []
  const known = new Set<string>(names.staff.value.map(({ id }) => id))
  const members = keys.filter(({ staff }) => known.has(staff)).map(({ staff }) => names.staffName(staff))
  return (
    <section class="slip-ask stack screen-only">
      <div>
        <h2>{w('ask.title')}</h2>
        <p>{w('ask.notYou', { number: groupedNumber(slip.number) })}</p>
        <p class="muted">{w(slip.reachable ? 'ask.reachable' : 'ask.unreachable')}</p>
      </div>
      {members.length > 0 && (
        <ul class="slip-ask__members" aria-label={w('ask.members')}>
          {members.map((name) => (
            <li key={name}>
              <Icon name="user" />
              {name}
            </li>
          ))}
        </ul>
      )}
      <Calls />
    </section>
  )
}
