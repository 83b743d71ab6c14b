import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { listOf, momentText, t } from '#src/i18n/index.ts'
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
  const { names, store } = useApp()
  useTitle(w('hub.devices'))
  const asked = useServer<{ devices: readonly Device[] }>('/api/devices')
  const chosen = useSignal<Device | null>(null)
  const here = store.people.identity.value.device
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.devices')} back="/admin" />
      <ServerNews asked={asked} />
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
                <span>{listOf(device.people.map((one) => names.staffName(one)))}</span>
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

const DeviceTasks = (props: { device: Device; own: boolean; onDone: () => void }) => {
  const { api } = useApp()
  const { device } = props
  const name = useSignal(device.name)
  const asking = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const act = async (path: string, body: object, said: string) => {
    asking.value = false
    const answer = await api.post<void>(`/api/devices/${device.id}${path}`, body)
    if (!answer.ok) {
      failed.value = answer.failure
      return
    }
    toast(said)
    props.onDone()
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
        <Button
          pending={false}
          notYet={empty}
          onClick={() => !empty && void act('', { name: name.peek().trim() }, t('saved'))}
        >
          {t('save')}
        </Button>
        {device.revokedAt === null && !props.own && (
          <Button variant="danger" icon="lock" onClick={() => into(asking)(true)}>
            {w('devices.revoke')}
          </Button>
        )}
      </div>
      <p class="small muted">{w('devices.number', { id: device.id })}</p>
      <ConfirmDialog
        open={asking.value}
        title={w('devices.revokeAsk', { name: device.name })}
        confirm={w('devices.revoke')}
        danger
        onConfirm={() => void act('/revoke', {}, w('devices.revoked', { name: device.name }))}
        onClose={() => into(asking)(false)}
      >
        <p>{w('devices.revokeText')}</p>
      </ConfirmDialog>
    </div>
  )
}
