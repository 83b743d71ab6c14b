import { useSignal } from '@preact/signals'
import { complaint } from '#domain/records/complaint.ts'
import { dayText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { ownDevices } from '#src/store/own-devices.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { w } from './words.ts'

const shownFirst = 10

/** What this tablet has sealed: the day and where it is. There is no way to open one, and no number to recognise it by. */
export const OwnEnvelopes = () => {
  const { store } = useApp()
  const devices: readonly (string | undefined)[] = ownDevices(store.people.identity.value)
  const shown = useSignal(shownFirst)
  const all = (useRecords(complaint).value ?? [])
    .filter((one) => devices.includes(one.created?.device))
    .sort((a, b) => ((a.values.receivedOn ?? '') < (b.values.receivedOn ?? '') ? 1 : -1))
  if (all.length === 0) return null
  const left = all.length - shown.value
  return (
    <section>
      <h2>{w('own.title')}</h2>
      <List label={w('own.title')}>
        {all.slice(0, shown.value).map((one) => (
          <ListRow
            key={one.id}
            plain
            seat={<Icon name="mail-seal" />}
            title={w('own.envelope')}
            second={one.values.receivedOn && w('own.received', { day: dayText(one.values.receivedOn as never) })}
            meta={<SafetyBadge state={one.safety} />}
          />
        ))}
      </List>
      {left > 0 && (
        <Button
          variant="quiet"
          onClick={() => {
            shown.value += 50
          }}
        >
          {w('own.more', { n: left })}
        </Button>
      )}
    </section>
  )
}
