import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { readSealedFile, sealedFile } from '#domain/bundle.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText, n } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { Courier } from '#src/store/types.ts'
import { bundlesOf, type CarriedFile, carriedFiles, leaveBehind, sealBundles, takeAlong } from '#src/sync/courier.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../account-words.ts'
import { handOver } from './hand-over.ts'

/** Work that leaves this tablet as a sealed file, files that it carries for others, and who carried its own. */
export const Rescue = () => (
  <section class="stack stack--tight">
    <h2>{w('rescue.title')}</h2>
    <p class="muted">{w('rescue.text')}</p>
    <MakeFile />
    <CarriedHere />
    <BroughtBy />
  </section>
)

type Problem = 'noKey' | 'unregistered' | 'failed'

const MakeFile = () => {
  const { store } = useApp()
  const { waiting, held } = store.counts.value
  const making = useSignal(false)
  const problem = useSignal<Problem | null>(null)
  const make = async (): Promise<Problem | null> => {
    const identity = store.people.identity.peek()
    if (!identity.courierKey) return 'noKey'
    const changes = await store.exchange.unsent()
    const { head, lost } = await store.exchange.standpoint(null)
    const { bundles, left } = bundlesOf(identity, changes, head ?? lost)
    if (bundles.length === 0) return left > 0 ? 'unregistered' : null
    const { seal } = await import('#src/vault/seal.ts')
    const sealed = await sealBundles(bundles, identity.courierKey.public, seal)
    if (await handOver(sealedFile(sealed), Date.now())) toast(w('rescue.made', { n: changes.length - left }))
    return left > 0 ? 'unregistered' : null
  }
  const onClick = async () => {
    making.value = true
    problem.value = await make().catch(() => 'failed' as const)
    making.value = false
  }
  return (
    <>
      {problem.value && (
        <Notice tone="need" alert>
          <p>{w(`rescue.${problem.value}`)}</p>
        </Notice>
      )}
      {waiting + held > 0 ? (
        <div>
          <Button variant="line" icon="life-buoy" pending={making.value} onClick={() => void onClick()}>
            {w('rescue.make', { n: waiting + held })}
          </Button>
        </div>
      ) : (
        <p class="small muted">{w('rescue.nothing')}</p>
      )}
    </>
  )
}

const kilobyte = 1024

/** Files of other tablets: nobody can read them here, and they go up by themselves. */
const CarriedHere = () => {
  const { store, sync, syncNow } = useApp()
  const files = useSignal<readonly CarriedFile[]>([])
  const wrong = useSignal(false)
  const leaving = useSignal<CarriedFile | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const look = async () => {
    files.value = await carriedFiles(store)
  }
  const state = sync.state.value
  useEffect(() => void look(), [state])
  const take = async (file: File) => {
    const sealed = readSealedFile(await file.text())
    wrong.value = sealed === null
    if (!sealed) return
    for (const [index, one] of sealed.entries()) await takeAlong(store, one, Date.now() + index)
    await look()
    toast(w('rescue.taken'))
    syncNow()
  }
  const leave = async () => {
    const file = leaving.peek()
    leaving.value = null
    if (!file) return
    await leaveBehind(store, file.key)
    await look()
  }
  return (
    <>
      <h3>{w('rescue.carried')}</h3>
      <p class="muted">{w('rescue.carriedText')}</p>
      {wrong.value && (
        <Notice tone="need" alert>
          <p>{w('rescue.notAFile')}</p>
        </Notice>
      )}
      {files.value.length > 0 && (
        <List label={w('rescue.carried')}>
          {files.value.map((file) => (
            <ListRow
              key={file.key}
              plain
              seat={<Icon name={file.refused ? 'alert-circle' : 'lock'} />}
              title={w('rescue.sealedOf', { size: n(Math.ceil(file.size / kilobyte)) })}
              second={file.refused ? failureText({ code: file.refused }) : momentText(file.keptAt)}
              meta={
                file.refused && (
                  <Button size="small" variant="quiet" onClick={() => into(leaving)(file)}>
                    {w('rescue.leave')}
                  </Button>
                )
              }
            />
          ))}
        </List>
      )}
      <input
        ref={input}
        id="sealed-file"
        class="visually-hidden"
        type="file"
        accept=".txt,text/plain"
        aria-label={w('rescue.take')}
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) void take(file)
        }}
      />
      <div>
        <Button variant="plain" icon="upload" onClick={() => input.current?.click()}>
          {w('rescue.take')}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving.value !== null}
        title={w('rescue.leaveAsk')}
        confirm={w('rescue.leave')}
        danger
        onConfirm={() => void leave()}
        onClose={() => into(leaving)(null)}
      >
        <p>{w('rescue.leaveText')}</p>
      </ConfirmDialog>
    </>
  )
}

const BroughtBy = () => {
  const { store, names } = useApp()
  const couriers = useSignal<readonly Courier[]>([])
  const { safe } = store.counts.value
  useEffect(() => {
    void store.exchange.couriers().then((found) => {
      couriers.value = found
    })
  }, [safe])
  return (
    <>
      {couriers.value.map(({ device, staff, changes }) => (
        <p key={device ?? staff} class="cluster small">
          <Icon name="shield-check" size={20} />
          {w('rescue.broughtBy', { name: device ?? names.staffName(staff), n: changes })}
        </p>
      ))}
    </>
  )
}
