import { useComputed } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { n, timeText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { CountSquares } from '#src/ui/check-row.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import type { CheckInModel } from './model.ts'

/** Above this many a square for each person would be dust: a bar tells the same. */
const mostSquares = 120

/** The count, anchored in teal: how many, who took them, and the last tap with its undo. */
export const Panel = (props: { session: SessionView; model: CheckInModel; title: string; onWalkIn: () => void }) => {
  const { model } = props
  const { here, other, of } = model.came.value
  const came = here + other
  return (
    <aside class="check-panel" aria-label={w('checkIn.count')}>
      <div class="check-panel__inside">
        <div class="check-panel__head">
          <IconButton icon="arrow-left" label={w('checkIn.back')} href={`/training/${props.session.id}`} onHero />
          <div>
            <h1 class="check-panel__title">{props.title}</h1>
            <Signal short />
          </div>
        </div>
        <div class="check-panel__signal">
          <Signal />
        </div>
        <div class={of > 99 ? 'check-panel__count check-panel__count--long' : 'check-panel__count'}>
          <p role="status">
            <span class="count">{n(came)}</span> <span class="check-panel__of">{w('checkIn.of', { n: of })}</span>
          </p>
          <p class="check-panel__left">
            {of > 0 && came === of ? w('checkIn.everybody') : w('checkIn.leftN', { n: of - came })}
          </p>
        </div>
        <div class={of > 40 ? 'check-panel__squares check-panel__squares--many' : 'check-panel__squares'}>
          {of <= mostSquares ? (
            <CountSquares here={here} other={other} of={of} />
          ) : (
            <div class="count-bar" role="img" aria-label={w('checkIn.bar', { here, other, of })}>
              <span class="square square--here" style={{ flexGrow: String(here) }} hidden={here === 0} />
              <span class="square square--other" style={{ flexGrow: String(other) }} hidden={other === 0} />
              <span class="square" style={{ flexGrow: String(of - came) }} hidden={of === came} />
            </div>
          )}
        </div>
        <Takers model={model} />
        <Foot model={model} onWalkIn={props.onWalkIn} />
      </div>
    </aside>
  )
}

const useOnline = (): boolean => {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const hear = () => setOnline(navigator.onLine)
    addEventListener('online', hear)
    addEventListener('offline', hear)
    return () => {
      removeEventListener('online', hear)
      removeEventListener('offline', hear)
    }
  }, [])
  return online
}

/** What a tap is worth now: always kept here; what has not reached the server is counted. */
const Signal = ({ short }: { short?: boolean }) => {
  const { store } = useApp()
  const online = useOnline()
  const waiting = useComputed(() => store.counts.value.waiting).value
  const first = online
    ? waiting > 0
      ? w('checkIn.waiting', { n: waiting })
      : w('checkIn.online')
    : w('checkIn.offline')
  return (
    <p class="check-signal">
      <Icon name={online ? (waiting > 0 ? 'cloud-up' : 'wifi') : 'wifi-off'} size={short ? 20 : 24} />
      <span>
        <b>{first}</b>
        {short && ' · '}
        <span class="check-signal__second">{w('checkIn.kept')}</span>
      </span>
    </p>
  )
}

/** This tablet is a filled square, the others are rings: the same two signs as in the rows. */
const Takers = ({ model }: { model: CheckInModel }) => {
  const { names, store, session } = useApp()
  const device = store.people.identity.value.device
  const takers = model.takers.value
  const here = takers.find((one) => one.device === device)
  const others = takers.filter((one) => one.device !== device)
  const me = session.person.value?.id
  return (
    <ul class="takers">
      <li>
        <span class="square square--here" />
        <span>{w('checkIn.thisTablet', { name: names.staffName(here?.taker ?? me) })}</span>
        <b>{n(here?.count ?? 0)}</b>
      </li>
      {others.map(({ device, taker, count }) => (
        <li key={`${device}${taker}`}>
          <span class="square square--other" />
          <span>{w('checkIn.otherTablet', { name: names.staffName(taker) })}</span>
          <b>{n(count)}</b>
        </li>
      ))}
    </ul>
  )
}

const Foot = ({ model, onWalkIn }: { model: CheckInModel; onWalkIn: () => void }) => {
  const last = model.last.value
  const filter = model.filter.value
  const toggle = () => {
    model.filter.value = filter === 'all' ? 'not-yet' : 'all'
  }
  return (
    <div class="check-panel__foot">
      {last && (
        <div class="check-last">
          <p>
            <span class="check-last__when">
              {last.mark.kind === 'in'
                ? w('checkIn.last', { time: timeText(last.mark.at) })
                : w('checkIn.lastOut', { time: timeText(last.mark.at) })}
            </span>
            <b>{last.row.full}</b>
          </p>
          <button type="button" class="check-undo" onClick={() => void model.strike(last.row.id, [last.mark])}>
            <Icon name="undo" />
            <span>{w('checkIn.undo')}</span>
          </button>
        </div>
      )}
      <Button variant="hero" size="big" icon="user-plus" full onClick={onWalkIn}>
        {w('checkIn.walkIn')}
      </Button>
      <div class="check-panel__filter">
        <Button variant="hero-quiet" icon="filter" full onClick={toggle}>
          {filter === 'all' ? w('checkIn.onlyNotYet') : w('checkIn.showAll')}
        </Button>
      </div>
    </div>
  )
}
