import { useSignal } from '@preact/signals'
import type { RecordId } from '#domain/kernel/id.ts'
import type { tablet } from '#domain/records/tablet.ts'
import { Answers } from '#src/capture/answers.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { SafetyOf } from '#src/capture/safety-of.tsx'
import { keysOf } from '#src/capture/widgets/keys.ts'
import { momentText, t } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { ServerNews } from '../server-news.tsx'
import { placesText } from '../staff/places-text.ts'
import { w } from '../words.ts'
import { type Device, lastSeen } from './device.ts'
import { EnrolmentCode } from './enrolment-code.tsx'
import { Revoke } from './revoke.tsx'

/** One tablet: what it is for, whom it admits, and its code or what the server last heard of it. */
export const TabletDetail = ({ id }: { id: string }) => {
  const { names, store } = useApp()
  useTitle(w('hub.devices'))
  const record = useRecord<typeof tablet>(id as RecordId).value
  const asked = useServer<{ devices: readonly Device[] }>('/api/devices')
  const revoking = useSignal(false)
  if (record === undefined) return null
  if (record === null || record.kind !== 'tablet') return <RecordMissing back="/admin/devices" />
  const device = asked.answer?.devices.find((one) => one.tablet === id)
  const isHere = device?.id === store.people.identity.value.device
  const { name = '', admits } = record.values
  return (
    <main class="page stack" id="content">
      <TopBar
        title={isHere ? w('devices.here', { name }) : name}
        back="/admin/devices"
        right={
          <Button variant="line" size="small" icon="pencil" href={`/admin/devices/${id}/edit`}>
            {t('edit')}
          </Button>
        }
      />
      <SafetyOf record={record} />
      <Answers
        items={[
          {
            label: fieldLabel('tablet', 'places'),
            value: placesText(record.values, names, w('devices.wholeProvince')),
          },
          {
            label: fieldLabel('tablet', 'admits'),
            value:
              keysOf(admits)
                .map((one) => names.staffName(one))
                .join(' · ') || w('devices.admitsNobody'),
          },
          ...(device
            ? [
                {
                  label: w('devices.state'),
                  value:
                    device.revokedAt === null
                      ? lastSeen(device)
                      : w('devices.revokedAt', { time: momentText(device.revokedAt) }),
                },
                { label: w('devices.people'), value: device.people.map((one) => names.staffName(one)).join(' · ') },
              ]
            : []),
        ]}
      />
      <ServerNews asked={asked} />
      {!record.values.device && <EnrolmentCode record={record} />}
      {device && device.revokedAt === null && !isHere && (
        <div class="cluster">
          <Button
            variant="danger"
            icon="lock"
            onClick={() => {
              revoking.value = true
            }}
          >
            {w('devices.revoke')}
          </Button>
        </div>
      )}
      <Revoke
        device={revoking.value && device ? { ...device, name } : null}
        onClose={() => {
          revoking.value = false
        }}
        onDone={asked.askAgain}
      />
    </main>
  )
}
