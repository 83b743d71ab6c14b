import { momentText, n } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Progress } from '#src/ui/progress.tsx'
import { w } from '../account-words.ts'
import { bytesText, minutesLeft } from './amounts.ts'

const lanes = ['sealed', 'attendance', 'rest'] as const

/** What is on its way now, with its bytes and how long it may take; then what waits, in the order of sending. */
export const Sending = () => {
  const { store, sync } = useApp()
  const { sending, reading } = sync.state.value
  const { lanes: waiting, backedUp } = store.whereabouts.value
  const leads = sync.leads.value
  return (
    <section class="stack stack--tight">
      {sending && sending.ofBytes > 0 && (
        <Progress
          label={w('sending.goingLabel')}
          value={sending.bytes}
          max={sending.ofBytes}
          words={[
            w('sending.going', { sent: bytesText(sending.bytes), of: bytesText(sending.ofBytes) }),
            leftText(minutesLeft(sending)),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
      {reading && reading.of > 0 && (
        <Progress
          label={w('sending.readingLabel')}
          value={reading.seq}
          max={reading.of}
          words={w('sending.reading', { n: n(reading.seq), of: n(reading.of) })}
        />
      )}
      {waiting.length > 0 && (
        <>
          <h2>{w('safety.order')}</h2>
          <List>
            {waiting.map(({ lane, count, bytes, since }) => (
              <ListRow
                key={lane}
                plain
                title={w(`sending.${lanes[lane] ?? 'rest'}`, { n: n(count) })}
                second={[bytesText(bytes), since !== null && w('sending.since', { time: momentText(since) })]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </List>
        </>
      )}
      <p class="small muted">
        {backedUp > 0 && `${w('sending.backedUp', { n: n(backedUp) })} · `}
        {w(leads ? 'sending.leads' : 'sending.follows')}
      </p>
    </section>
  )
}

const leftText = (minutes: number | null) => {
  if (minutes === null) return ''
  return minutes < 1 ? w('sending.soon') : w('sending.left', { n: n(minutes) })
}
