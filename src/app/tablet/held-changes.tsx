import { useSignal } from '@preact/signals'
import type { FailureCode } from '#domain/kernel/failure.ts'
import { DropHeld, HeldChangeText } from '#src/capture/held-change.tsx'
import { w as captured } from '#src/capture/words.ts'
import { failureText } from '#src/i18n/failure.ts'
import { fieldLabel, kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { ownDevices } from '#src/store/own-devices.ts'
import type { HeldChange } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../account-words.ts'
import { mendPath } from './mend-path.ts'

/** Nothing in the line is wrong: it goes on once somebody has done something elsewhere. */
const settlesItself: ReadonlySet<string> = new Set<FailureCode>([
  'in-doubt',
  'not-signed-in-here',
  'not-admitted',
  'place-not-of-this-tablet',
  'waits-for-held',
  'unknown-kind',
])

/** What the server did not take, each with its reason and the way to mend it. */
export const HeldChanges = () => {
  const { store } = useApp()
  const held = store.held.value
  if (held.length === 0) return null
  return (
    <section class="stack stack--tight">
      <h2>{w('safety.held', { n: held.length })}</h2>
      {held.map((change) => (
        <HeldNotice key={change.n} change={change} />
      ))}
    </section>
  )
}

const HeldNotice = ({ change }: { change: HeldChange }) => {
  const { store, session, names, syncNow } = useApp()
  const asking = useSignal(false)
  const { failure } = change
  const person = session.person.value
  const isTablets = ownDevices(store.people.identity.value).some((device) => (device as string) === change.author)
  const isMine = isTablets || change.author === person?.id
  const sign = async () => {
    const signed = await store.signHeld(change.n)
    toast(signed.ok ? w('locked.signed') : failureText(signed.failure))
    if (signed.ok) syncNow()
  }
  const drop = async () => {
    asking.value = false
    const { n, kind, record, base, author } = change
    const saved = await store.save({ kind, record, base, set: {}, replaces: n, author })
    if (!saved.ok) toast(failureText(saved.failure.failure))
  }
  return (
    <Notice tone={settlesItself.has(failure.code) ? 'wait' : 'need'} title={kindName(change.kind)}>
      <HeldChangeText change={change} device={change.device}>
        <p>
          {failureText(failure)}
          {failure.field && ` (${fieldLabel(change.kind, failure.field)})`}
        </p>
      </HeldChangeText>
      {!isMine && <p>{w('locked.byAuthor', { name: names.staffName(change.author) })}</p>}
      {isMine && (
        <div class="cluster">
          {failure.code === 'needs-the-person' ? (
            <Button size="small" variant="need" icon="pencil" onClick={() => void sign()}>
              {w('locked.sign')}
            </Button>
          ) : settlesItself.has(failure.code) ? null : (
            <Button size="small" variant="need" href={mendPath(change)}>
              {w('safety.mend')}
            </Button>
          )}
          {failure.code === 'not-signed-in-here' && (
            <Button size="small" variant="line" icon="users" href="/sign-in">
              {w('signIn.submit')}
            </Button>
          )}
          <Button size="small" variant="quiet" onClick={() => into(asking)(true)}>
            {captured('held.drop')}
          </Button>
        </div>
      )}
      <DropHeld
        open={asking.value}
        change={change}
        device={change.device}
        onDrop={() => void drop()}
        onClose={() => into(asking)(false)}
      />
    </Notice>
  )
}
