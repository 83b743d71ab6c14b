import type { Values } from '#domain/record-kind.ts'
import type { tablet } from '#domain/records/tablet.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Icon } from '#src/ui/icon.tsx'
import { ListRow } from '#src/ui/list.tsx'
import { placesText } from '../staff/places-text.ts'
import { w } from '../words.ts'
import { type Device, lastSeen } from './device.ts'

export type TabletView = RecordView<Values<typeof tablet>>

/** A tablet that the server has met: what it is for, when it was last seen, who was on it. */
export const DeviceRow = (props: {
  device: Device
  record: TabletView | undefined
  /** The device of the reader's own tablet. */
  here: string
  href?: string
  onClick?: () => void
}) => {
  const { names } = useApp()
  const { device, record } = props
  const name = record?.values.name ?? device.name
  return (
    <ListRow
      plain={device.revokedAt !== null}
      seat={<TabletSeat icon={device.revokedAt === null ? 'tablet' : 'lock'} />}
      title={device.id === props.here ? w('devices.here', { name }) : name}
      second={
        <>
          <span>
            {device.revokedAt === null
              ? lastSeen(device)
              : w('devices.revokedAt', { time: momentText(device.revokedAt) })}
          </span>
          <span>{record ? placesText(record.values, names, w('devices.wholeProvince')) : w('devices.old')}</span>
          <span>{device.people.map((one) => names.staffName(one)).join(' · ')}</span>
        </>
      }
      href={props.href}
      onClick={props.onClick}
    />
  )
}

export const TabletSeat = ({ icon }: { icon: 'tablet' | 'lock' | 'key' }) => (
  <span class="admin-seat">
    <Icon name={icon} />
  </span>
)
