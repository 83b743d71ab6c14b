import { useSignal } from '@preact/signals'
import { codeLasts, type Enrolment, enrolmentHash, enrolmentLink } from '#domain/authority/enrolment.ts'
import { codeWords, generateWords } from '#domain/authority/generated-words.ts'
import { listDigest } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Values } from '#domain/record-kind.ts'
import { tablet } from '#domain/records/tablet.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { Store } from '#src/store/store.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { QrCode } from '#src/ui/qr-code.tsx'
import { w } from '../words.ts'

/**
 * The one-time code of a tablet that is not enrolled yet, as QR and as words. Only its hash is kept: it is shown while this page is open, and
 * whoever has lost it makes another.
 */
export const EnrolmentCode = ({ record }: { record: RecordView<Values<typeof tablet>> }) => {
  const { store, session, syncNow } = useApp()
  const made = useSignal<Enrolment | null>(null)
  const failed = useSignal<Failure | null>(null)
  const { code, codeUntil } = record.values
  const make = async () => {
    const words = generateWords((length) => crypto.getRandomValues(new Uint8Array(length)), codeWords)
    const next = enrolmentOf(store, words.join('-'))
    const set = { code: enrolmentHash(next.code), codeUntil: Date.now() + codeLasts }
    const author = session.person.peek()!.id
    const saved = await store.save({ kind: tablet.kind, record: record.id, base: record.base, set, author })
    failed.value = saved.ok ? null : saved.failure.failure
    if (!saved.ok) return
    made.value = next
    syncNow()
  }
  const shown = made.value && code === enrolmentHash(made.value.code) ? made.value : null
  return (
    <section class="stack">
      <h2>{w('devices.enrolment')}</h2>
      {failed.value && (
        <Notice tone="need" alert>
          <p>{failureText(failed.value)}</p>
        </Notice>
      )}
      {!shown && <p class="muted">{code ? w('devices.codeGone') : w('devices.noCode')}</p>}
      {shown && <Shown enrolment={shown} until={codeUntil ?? 0} isSent={record.safety === 'safe'} />}
      <div class="cluster">
        <Button icon="key" variant={shown ? 'line' : 'primary'} onClick={() => void make()}>
          {code ? w('devices.anotherCode') : w('devices.makeCode')}
        </Button>
      </div>
    </section>
  )
}

const enrolmentOf = (store: Store, code: string): Enrolment => {
  const { province, receiptKeys, desk } = store.people.identity.peek()
  const [key] = receiptKeys
  if (!province || !key) return { code }
  return { code, pins: { province: province.id, receiptKey: key.public, deskList: desk && listDigest(desk.list) } }
}

const Shown = ({ enrolment, until, isSent }: { enrolment: Enrolment; until: number; isSent: boolean }) => {
  const copied = useSignal(false)
  const link = `${location.origin}${enrolmentLink(enrolment)}`
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => {
        copied.value = true
      },
      // the words stand on the screen, to be typed
      () => {},
    )
  return (
    <div class="enrolment">
      <QrCode text={link} label={w('devices.qr')} />
      <div class="stack">
        <ol class="enrolment__steps">
          <li>{w('devices.step1')}</li>
          <li>{w('devices.step2')}</li>
        </ol>
        <p class="enrolment__words">{enrolment.code.replaceAll('-', ' ')}</p>
        <p class="muted">{w('devices.codeUntil', { time: momentText(until) })}</p>
        {!isSent && (
          <Notice icon="wifi-off">
            <p>{w('devices.codeWaits')}</p>
          </Notice>
        )}
        <div class="cluster">
          <Button size="small" variant="line" icon={copied.value ? 'check' : 'copy'} onClick={() => void copy()}>
            {copied.value ? w('account.copied') : w('devices.copyLink')}
          </Button>
        </div>
      </div>
    </div>
  )
}
