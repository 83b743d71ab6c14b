import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { momentText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { reasonText, ServerNews } from '../server-news.tsx'
import { useServer } from '../use-server.ts'
import { w } from '../words.ts'

interface Device {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly seenAt: number | null
  readonly revokedAt: number | null
  readonly people: readonly string[]
}

/** Every tablet by name: when it was last seen, who has signed in on it, and the way to shut it out. */
export const Devices = () => {
  const { api, names, store } = useApp()
  useTitle(w('hub.devices'))
  const asked = useServer<{ devices: readonly Device[] }>('/api/devices')
  const chosen = useSignal<Device | null>(null)
  const revoking = useSignal<Device | null>(null)
  const failed = useSignal<Failure | null>(null)
  const revoke = async () => {
    const device = revoking.peek()
    revoking.value = null
    if (!device) return
    const answer = await api.post<void>(`/api/devices/${device.id}/revoke`, {})
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) toast(w('devices.revoked', { name: device.name }))
    asked.askAgain()
  }
  const here = store.people.identity.value.device
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.devices')} back="/admin" />
      <ServerNews asked={asked} />
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {asked.answer?.devices.length === 0 && <EmptyState title={w('devices.none')} text={w('devices.noneText')} />}
      <List label={w('hub.devices')}>
        {(asked.answer?.devices ?? []).map((device) => (
          <ListRow
            key={device.id}
            plain={device.revokedAt !== null}
            seat={
              <span class="admin-seat">
                <Icon name={device.revokedAt === null ? 'tablet' : 'lock'} />
              </span>
            }
            title={device.id === here ? w('devices.here', { name: device.name }) : device.name}
            second={
              <>
                <span>
                  {device.revokedAt !== null
                    ? w('devices.revokedAt', { time: momentText(device.revokedAt) })
                    : device.seenAt !== null
                      ? w('devices.seen', { time: momentText(device.seenAt) })
                      : w('devices.neverSeen')}
                </span>
                <span>{device.people.map((one) => names.staffName(one)).join(' · ')}</span>
              </>
            }
            onClick={() => into(chosen)(device)}
          />
        ))}
      </List>
      <Sheet open={chosen.value !== null} onClose={() => into(chosen)(null)} title={chosen.value?.name ?? ''}>
        {chosen.value && (
          <DeviceTasks
            key={chosen.value.id}
            device={chosen.value}
            own={chosen.value.id === here}
            onRevoke={() => {
              revoking.value = chosen.peek()
              chosen.value = null
            }}
            onDone={() => {
              chosen.value = null
              asked.askAgain()
            }}
          />
        )}
      </Sheet>
      <ConfirmDialog
        open={revoking.value !== null}
        title={w('devices.revokeAsk', { name: revoking.value?.name ?? '' })}
        confirm={w('devices.revoke')}
        danger
        onConfirm={() => void revoke()}
        onClose={() => into(revoking)(null)}
      >
        <p>{w('devices.revokeText')}</p>
      </ConfirmDialog>
    </main>
  )
}

const DeviceTasks = (props: { device: Device; own: boolean; onRevoke: () => void; onDone: () => void }) => {
  const { api } = useApp()
  const { device } = props
  const name = useSignal(device.name)
  const failed = useSignal<Failure | null>(null)
  const save = async () => {
    if (name.peek().trim() === '') return
    const answer = await api.post<void>(`/api/devices/${device.id}`, { name: name.peek().trim() })
    if (answer.ok) {
      toast(t('saved'))
      props.onDone()
    } else failed.value = answer.failure
  }
  const empty = name.value.trim() === ''
  return (
    <div class="stack">
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      <TextField
        id="device-name"
        label={w('devices.name')}
        value={name.value}
        maxLength={60}
        error={empty ? t('errors.required') : undefined}
        onInput={into(name)}
      />
      <div class="cluster">
        <Button notYet={empty} onClick={() => void save()}>
          {t('save')}
        </Button>
        {device.revokedAt === null && !props.own && (
          <Button variant="danger" icon="lock" onClick={props.onRevoke}>
            {w('devices.revoke')}
          </Button>
        )}
      </div>
      <p class="small muted">{w('devices.number', { id: device.id })}</p>
    </div>
  )
}
