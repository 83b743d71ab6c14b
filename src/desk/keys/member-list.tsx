import { useSignal } from '@preact/signals'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { askDesk, type DeskNews, type Member, pendingMembers, publish } from '../desk-state.ts'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { Fingerprint } from './fingerprint.tsx'

/** Who can open envelopes, who waits to be admitted. Only a member whose key is unlocked here can sign another list. */
export const MemberList = ({ news, list }: { news: DeskNews; list: DeskList }) => {
  const { api, session, names } = useApp()
  const problem = useSignal<Failure | null>(null)
  const pending = useSignal(false)
  const removing = useSignal<Member | null>(null)
  const me = session.person.value?.id

  const sign = async (keys: readonly Member[], said: string) => {
    const member = unlocked.peek()
    if (!member || pending.value) return
    pending.value = true
    const { nextList } = await import('#src/vault/desk-keys.ts')
    const signed = await nextList(list, keys as DeskList['keys'], member.identity)
    const answer = signed && (await publish(api, signed))
    pending.value = false
    problem.value = answer === null ? failure('not-permitted') : answer.ok ? null : answer.failure
    if (problem.value) return
    toast(said)
    await askDesk(api)
    // the tablets of this person, this one among them, seal to the new list from now on
    await session.refresh()
  }
  const admit = (one: Member) =>
    void sign([...list.keys.filter((key) => key.staff !== one.staff), one], w('keys.admitted'))
  const remove = (one: Member) => {
    removing.value = null
    void sign(
      list.keys.filter((key) => key.recipient !== one.recipient),
      w('keys.removed'),
    )
  }
  return (
    <section class="stack">
      <h2>{w('keys.list', { n: list.number })}</h2>
      {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
      <ul class="members">
        {list.keys.map((one) => (
          <li key={one.recipient} class="member">
            <div class="member__text">
              <p class="strong">
                {names.staffName(one.staff)} {one.staff === me && <span class="muted">({w('keys.you')})</span>}
              </p>
              <p class="small muted">{w('keys.member')}</p>
              <Fingerprint of={one.recipient} />
            </div>
            {unlocked.value && one.staff !== me && (
              <Button
                variant="danger"
                size="small"
                onClick={() => {
                  removing.value = one
                }}
              >
                {w('keys.remove')}
              </Button>
            )}
          </li>
        ))}
        <li class="member">
          <div class="member__text">
            <p class="strong">{w('keys.recovery')}</p>
            <p class="small muted">{w('keys.recoveryHint')}</p>
          </div>
        </li>
        {pendingMembers(news)
          .filter((one) => one.staff !== me)
          .map((one) => (
            <li key={one.recipient} class="member member--waiting">
              <div class="member__text">
                <p class="strong">{names.staffName(one.staff)}</p>
                <p class="small">{w('keys.waiting')}</p>
                <p class="small muted">{w('keys.compare')}</p>
                <Fingerprint of={one.recipient} />
              </div>
              {unlocked.value ? (
                <Button size="small" icon="user-check" pending={pending.value} onClick={() => admit(one)}>
                  {w('keys.admit')}
                </Button>
              ) : (
                <p class="small muted">{w('keys.unlockFirst')}</p>
              )}
            </li>
          ))}
      </ul>
      {list.number > 1 && <p class="small muted">{w('keys.older')}</p>}
      <ConfirmDialog
        open={removing.value !== null}
        title={w('keys.removeAsk', { name: names.staffName(removing.value?.staff) })}
        confirm={w('keys.remove')}
        danger
        onConfirm={() => removing.value && remove(removing.value)}
        onClose={() => {
          removing.value = null
        }}
      >
        <p>{w('keys.removeText')}</p>
      </ConfirmDialog>
    </section>
  )
}
