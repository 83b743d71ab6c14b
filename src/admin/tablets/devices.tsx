import { useSignal } from '@preact/signals'
import type { Values } from '#domain/record-kind.ts'
import { tablet } from '#domain/records/tablet.ts'
import { momentText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { Names } from '#src/session/names.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { ServerNews } from '../server-news.tsx'
import { placesText } from '../staff/places-text.ts'
import { useServer } from '../use-server.ts'
import { w } from '../words.ts'
import { type Device, lastSeen } from './device.ts'
import { OldDevice } from './old-device.tsx'

type TabletView = RecordView<Values<typeof tablet>>

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
      {waiting.length > 0 && (
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
          const name = record?.values.name ?? device.name
          return (
            <ListRow
              key={device.id}
              plain={device.revokedAt !== null}
              seat={<Seat icon={device.revokedAt === null ? 'tablet' : 'lock'} />}
              title={device.id === here ? w('devices.here', { name }) : name}
              second={
                <>
                  <span>
                    {device.revokedAt === null
                      ? lastSeen(device)
                      : w('devices.revokedAt', { time: momentText(device.revokedAt) })}
                  </span>
                  <span>
                    {record ? placesText(record.values, names, w('devices.wholeProvince')) : w('devices.old')}
                  </span>
                  <span>{device.people.map((one) => names.staffName(one)).join(' · ')}</span>
                </>
              }
              {...(record ? { href: `/admin/devices/${record.id}` } : { onClick: () => into(chosen)(device) })}
            />
          )
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

const Seat = ({ icon }: { icon: 'tablet' | 'lock' | 'key' }) => (
  <span class="admin-seat">
    <Icon name={icon} />
  </span>
)

const TabletRow = ({ record, names, second }: { record: TabletView; names: Names; second: string }) => (
  <ListRow
    href={`/admin/devices/${record.id}`}
    seat={<Seat icon="key" />}
    title={record.values.name}
    second={
      <>
        <span>{second}</span>
        <span>{placesText(record.values, names, w('devices.wholeProvince'))}</span>
      </>
    }
  />
)
