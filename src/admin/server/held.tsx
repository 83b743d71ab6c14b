import { useSignal } from '@preact/signals'
import type { Change } from '#domain/change.ts'
import { type Failure, isFailureCode, isOfProof } from '#domain/kernel/failure.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import { DropHeld, HeldChangeText } from '#src/capture/held-change.tsx'
import { w as captured } from '#src/capture/words.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel, kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { reasonText, ServerNews } from '../server-news.tsx'
import { w } from '../words.ts'

interface Held {
  readonly device: DeviceId
  readonly deviceName: string
  readonly n: number
  readonly author: string | null
  readonly code: string
  readonly field: string | null
  readonly receivedAt: number
  /** Null when the server could not read it. */
  readonly change: Change | null
}

/** What the server could not take, of all devices. Nothing is thrown away: a person mends it on the tablet, or drops it here. */
export const HeldEverywhere = () => {
  const { api } = useApp()
  useTitle(w('hub.held'))
  const asked = useServer<{ held: readonly Held[] }>('/api/held')
  const dropping = useSignal<Held | null>(null)
  const failed = useSignal<Failure | null>(null)
  const taking = useSignal(false)
  const takeIn = async (device: string, ns: readonly number[]) => {
    if (taking.peek()) return
    taking.value = true
    const answer = await api.post<TakenIn>(`/api/held/${device}/take-in`, { ns })
    taking.value = false
    const refused = answer.ok ? answer.value.refused[0] : undefined
    failed.value = answer.ok ? (refused ?? null) : answer.failure
    if (answer.ok && answer.value.taken.length > 0) toast(w('held.takenIn', { n: answer.value.taken.length }))
    asked.askAgain()
  }
  const drop = async () => {
    const one = dropping.peek()
    dropping.value = null
    if (!one) return
    const answer = await api.post<void>(`/api/held/${one.device}/${one.n}/drop`, {})
    failed.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    toast(w('held.dropped'))
    asked.askAgain()
  }
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.held')} back="/admin" />
      <p class="muted">{w('held.lead')}</p>
      <ServerNews asked={asked} />
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      {asked.answer?.held.length === 0 && <EmptyState title={w('held.none')} text={w('held.noneText')} />}
      {byDevice(asked.answer?.held ?? []).map(({ device, name, lines }) => {
        const captures = lines.filter(mayBeCapture)
        return (
          <section key={device} class="stack" aria-label={name}>
            <h2>{name}</h2>
            {captures.length > 1 && (
              <div>
                <Button
                  variant="line"
                  icon="inbox"
                  pending={taking.value}
                  onClick={() =>
                    void takeIn(
                      device,
                      captures.slice(0, most).map(({ n }) => n),
                    )
                  }
                >
                  {w('held.takeInAll', { n: Math.min(captures.length, most) })}
                </Button>
              </div>
            )}
            {lines.map((one) => (
              <HeldOne
                key={`${one.device} ${one.n}`}
                held={one}
                onDrop={() => into(dropping)(one)}
                onTakeIn={isOfProof(one.code) && one.change ? () => void takeIn(device, [one.n]) : null}
              />
            ))}
          </section>
        )
      })}
      <DropHeld
        open={dropping.value !== null}
        change={dropping.value?.change ?? null}
        device={dropping.value?.device}
        onDrop={() => void drop()}
        onClose={() => into(dropping)(null)}
      />
    </main>
  )
}

interface TakenIn {
  readonly taken: readonly number[]
  readonly refused: readonly Failure[]
}

/** Lines that one request may name. */
const most = 500

/** What the tablet's word would be enough for; the server decides. */
const mayBeCapture = ({ code, change }: Held): boolean =>
  isOfProof(code) && change !== null && kindOf(change.kind)?.write.begin.evidence === 'tablet'

const byDevice = (all: readonly Held[]) => {
  const devices = new Map<string, { device: string; name: string; lines: Held[] }>()
  for (const one of all) {
    const known = devices.get(one.device) ?? { device: one.device, name: one.deviceName || one.device, lines: [] }
    known.lines.push(one)
    devices.set(one.device, known)
  }
  return [...devices.values()]
}

const HeldOne = ({ held, onDrop, onTakeIn }: { held: Held; onDrop: () => void; onTakeIn: (() => void) | null }) => {
  const { names } = useApp()
  const { change, code, field } = held
  const reason = (
    <div>
      <p>
        {isFailureCode(code) ? failureText({ code }) : code}
        {field && ` (${change ? fieldLabel(change.kind, field) : field})`}
      </p>
      <p class="small muted">
        {[held.author && names.staffName(held.author), momentText(held.receivedAt)].filter(Boolean).join(' · ')}
      </p>
    </div>
  )
  return (
    <Notice
      tone="need"
      title={change ? kindName(change.kind) : w('held.unreadable')}
      action={
        <div class="cluster">
          {onTakeIn && (
            <Button variant="line" size="small" onClick={onTakeIn}>
              {w('held.takeIn')}
            </Button>
          )}
          <Button variant="need" size="small" onClick={onDrop}>
            {captured('held.drop')}
          </Button>
        </div>
      }
    >
      {change ? (
        <HeldChangeText change={change} device={held.device}>
          {reason}
        </HeldChangeText>
      ) : (
        reason
      )}
    </Notice>
  )
}
