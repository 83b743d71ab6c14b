import { useSignal } from '@preact/signals'
import { tablet } from '#domain/records/tablet.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { Names } from '#src/session/names.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { ServerNews } from '../server-news.tsx'
import { placesText } from '../staff/places-text.ts'
import { w } from '../words.ts'
import type { Device } from './device.ts'
import { DeviceRow, TabletSeat, type TabletView } from './device-row.tsx'
import { OldDevice } from './old-device.tsx'

/** Every tablet by name: what it is for, when it was last seen, and those whose code nobody has used yet. */
export const Devices = () => {
  const { names, store } = useApp()
  useTitle(w('hub.devices'))
  const asked = useServer<{ devices: readonly Device[] }>('/api/devices')
  const records = useRecords(tablet).value ?? []
  const chosen = useSignal<Device | null>(null)
  const here = store.people.identity.value.device
  const devices = asked.answer?.devices ?? []
  const waiting = records.filter(({ values }) => values.device === undefined)
  return (
    <main class="page stack" id="content">
      <TopBar
        title={w('hub.devices')}
        back="/admin"
        right={
          <Button size="small" icon="plus" href="/admin/devices/new">
            {w('devices.new')}
          </Button>
        }
      />
      <ServerNews asked={asked} />
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {asked.answer && devices.length + waiting.length === 0 && (
        <EmptyState title={w('devices.none')} text={w('devices.noneText')} />
      )}
      {asked.answer && waiting.length > 0 && (
        <section>
          <h2>{w('devices.waiting')}</h2>
          <List label={w('devices.waiting')}>
            {waiting.map((record) => (
              <TabletRow key={record.id} record={record} names={names} second={w('devices.notEnrolled')} />
            ))}
          </List>
        </section>
      )}
      <List label={w('hub.devices')}>
        {devices.map((device) => {
          const record = records.find(({ id }) => id === device.tablet)
          const target = record ? { href: `/admin/devices/${record.id}` } : { onClick: () => into(chosen)(device) }
          return <DeviceRow key={device.id} device={device} record={record} here={here} {...target} />
        })}
      </List>
      <Sheet open={chosen.value !== null} onClose={() => into(chosen)(null)} title={chosen.value?.name ?? t('close')}>
        {chosen.value && (
          <OldDevice
            key={chosen.value.id}
            device={chosen.value}
            own={chosen.value.id === here}
            onDone={() => {
              chosen.value = null
              asked.askAgain()
            }}
          />
        )}
      </Sheet>
    </main>
  )
}

const TabletRow = ({ record, names, second }: { record: TabletView; names: Names; second: string }) => (
  <ListRow
    href={`/admin/devices/${record.id}`}
    seat={<TabletSeat icon="key" />}
    title={record.values.name}
    second={
      <>
        <span>{second}</span>
        <span>{placesText(record.values, names, w('devices.wholeProvince'))}</span>
      </>
    }
  />
)
