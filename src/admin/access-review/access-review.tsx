import { signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail } from '#domain/kernel/result.ts'
import { tablet } from '#domain/records/tablet.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { Checkbox } from '#src/ui/checkbox.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { reasonText, ServerNews } from '../server-news.tsx'
import type { Device } from '../tablets/device.ts'
import { DeviceRow } from '../tablets/device-row.tsx'
import { w } from '../words.ts'
import { Begin } from './begin.tsx'
import type { AccessReview as Review } from './doubt.ts'
import { KeysInForce } from './keys-in-force.tsx'

/** What an administrator goes through after a restore, before anybody with a guarded role is trusted again (docs/authority.md, A12). */
export const AccessReview = () => {
  useTitle(w('accessReview.title'))
  const asked = useServer<Review>('/api/access-review')
  const doubt = asked.answer?.doubt
  return (
    <main class="page stack" id="content">
      <TopBar title={w('accessReview.title')} back="/admin" />
      <ServerNews asked={asked} />
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {doubt === null && <EmptyState title={w('accessReview.none')} text={w('accessReview.noneText')} />}
      {doubt && (
        <Notice tone="need" icon="key" title={w('accessReview.needed')}>
          <p>{w(`accessReview.${doubt.cause}`, { time: momentText(doubt.since) })}</p>
          <p>{w('accessReview.meanwhile')}</p>
        </Notice>
      )}
      {doubt && !doubt.isMine && <Begin doubt={doubt} onBegun={asked.askAgain} />}
      {doubt?.isMine && <GoThrough since={doubt.since} review={asked.answer!} onChange={asked.askAgain} />}
    </main>
  )
}

const parts = ['people', 'tablets', 'keys'] as const
type Part = (typeof parts)[number]

/** What has been gone through of which doubt: whoever looks at a person and comes back finds it ticked. */
const seen = signal<{ readonly since: number; readonly parts: ReadonlySet<Part> }>({ since: 0, parts: new Set() })

const GoThrough = (props: { since: number; review: Review; onChange: () => void }) => {
  const { api, names, store, syncNow } = useApp()
  const { people = [], keys = [] } = props.review
  const devices = useServer<{ devices: readonly Device[] }>('/api/devices')
  const records = useRecords(tablet).value ?? []
  const asked = useSignal(false)
  const ending = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const ticked = seen.value.since === props.since ? seen.value.parts : new Set<Part>()
  const tick = (part: Part, on: boolean) => {
    const others = [...ticked].filter((one) => one !== part)
    seen.value = { since: props.since, parts: new Set(on ? [...others, part] : others) }
  }
  const end = async () => {
    ending.value = false
    // a removal that is still on its way would come after what it is to prevent
    const waits = store.counts.peek().waiting > 0
    if (waits) syncNow()
    const answer = waits
      ? fail(failure('in-doubt', { detail: 'outbox' }))
      : await api.post<void>('/api/access-review/end', {})
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) toast(w('accessReview.ended'))
    props.onChange()
  }
  const inForce = devices.answer?.devices.filter(({ revokedAt }) => revokedAt === null) ?? []
  const nameOf = (device: string) => inForce.find(({ id }) => id === device)?.name ?? w('accessReview.tabletGone')
  const section = (part: Part, children: ComponentChildren) => (
    <section class="stack" aria-labelledby={`review-${part}`}>
      <h2 id={`review-${part}`}>{w(`accessReview.${part}`)}</h2>
      <p class="muted">{w(`accessReview.${part}Text`)}</p>
      {children}
      <Checkbox
        id={`seen-${part}`}
        label={w(`accessReview.${part}Seen`)}
        checked={ticked.has(part)}
        onChange={(on) => tick(part, on)}
      />
    </section>
  )
  return (
    <>
      {section(
        'people',
        <>
          <List label={w('accessReview.people')}>
            {people.map(({ staff, roles }) => (
              <ListRow
                key={staff}
                href={`/admin/staff/${staff}`}
                title={names.staffName(staff)}
                second={<span>{roles.map((role) => w(`roles.${role}`)).join(' · ')}</span>}
              />
            ))}
          </List>
          <div>
            <Button variant="line" size="small" href="/admin/staff">
              {w('accessReview.everybody')}
            </Button>
          </div>
        </>,
      )}
      {section(
        'tablets',
        <>
          <ServerNews asked={devices} />
          <List label={w('accessReview.tablets')}>
            {inForce.map((device) => (
              <DeviceRow
                key={device.id}
                device={device}
                record={records.find(({ id }) => id === device.tablet)}
                here={store.people.identity.value.device}
                href={device.tablet ? `/admin/devices/${device.tablet}` : '/admin/devices'}
              />
            ))}
          </List>
        </>,
      )}
      {section(
        'keys',
        <KeysInForce keys={keys.filter(({ cut }) => !cut)} deviceName={nameOf} onCut={props.onChange} />,
      )}
      {failed.value && (
        <Notice tone="need" alert>
          <p>{failed.value.detail === 'outbox' ? w('accessReview.outbox') : reasonText(failed.value)}</p>
        </Notice>
      )}
      {asked.value && ticked.size < parts.length && (
        <Notice tone="need" alert>
          <p>{w('accessReview.tickFirst')}</p>
        </Notice>
      )}
      <div>
        <Button
          icon="check"
          onClick={() => {
            asked.value = true
            ending.value = ticked.size === parts.length
          }}
        >
          {w('accessReview.end')}
        </Button>
      </div>
      <ConfirmDialog
        open={ending.value}
        title={w('accessReview.endAsk')}
        confirm={w('accessReview.end')}
        onConfirm={() => void end()}
        onClose={() => {
          ending.value = false
        }}
      >
        <p>{w('accessReview.endText')}</p>
      </ConfirmDialog>
    </>
  )
}
