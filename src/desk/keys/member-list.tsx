import { useSignal } from '@preact/signals'
import type { DeskList, DeskMember } from '#domain/complaint/desk-list.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import type { Alteration } from '#src/vault/desk-keys.ts'
import { type DeskNews, keyOnList, pendingMembers } from '../desk-state.ts'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { KeyPrint } from './key-print.tsx'
import { ListChange } from './list-change.tsx'
import { NewPaper } from './new-paper.tsx'

/** Who can open envelopes, who waits to be admitted. Only a member whose key is unlocked here can alter the list. */
export const MemberList = ({ news, list }: { news: DeskNews; list: DeskList }) => {
  const { session, names } = useApp()
  const change = useSignal<Alteration | null>(null)
  const onPaper = useSignal(false)
  const me = session.person.value?.id
  const stay = membersNow(news, list)
  const isProposed = (one: DeskMember) =>
    news.proposals.some((proposal) => proposal.list.keys.some(({ recipient }) => recipient === one.recipient))
  const admit = (one: DeskMember) => {
    change.value = { keys: [...stay.filter(({ staff }) => staff !== one.staff), one] }
  }
  const remove = (one: DeskMember) => {
    change.value = { keys: stay.filter(({ staff }) => staff !== one.staff) }
  }
  if (onPaper.value)
    return (
      <NewPaper
        onReady={(paper) => {
          onPaper.value = false
          change.value = { keys: stay, paper }
        }}
        onCancel={() => {
          onPaper.value = false
        }}
      />
    )
  return (
    <section class="stack">
      <h2>{w('keys.list', { n: list.number })}</h2>
      <ul class="members">
        {list.keys.map((one) => (
          <li key={one.recipient} class="member">
            <div class="member__text">
              <p class="strong">
                {names.staffName(one.staff)} {one.staff === me && <span class="muted">({w('keys.you')})</span>}
              </p>
              <p class="small muted">{w('keys.member')}</p>
              <KeyPrint of={one} />
            </div>
            {unlocked.value && one.staff !== me && (
              <Button variant="danger" size="small" onClick={() => remove(one)}>
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
          {unlocked.value && (
            <Button
              variant="line"
              size="small"
              icon="printer"
              onClick={() => {
                onPaper.value = true
              }}
            >
              {w('keys.paper.replace')}
            </Button>
          )}
        </li>
        {pendingMembers(news, list)
          .filter((one) => one.staff !== me && !isProposed(one))
          .map((one) => (
            <li key={one.recipient} class="member member--waiting">
              <div class="member__text">
                <p class="strong">{names.staffName(one.staff)}</p>
                <p class="small">{w('keys.waiting')}</p>
                <p class="small muted">{w('keys.compare')}</p>
                <KeyPrint of={one} />
              </div>
              {unlocked.value ? (
                <Button size="small" icon="user-check" onClick={() => admit(one)}>
                  {w('keys.admit')}
                </Button>
              ) : (
                <p class="small muted">{w('keys.unlockFirst')}</p>
              )}
            </li>
          ))}
      </ul>
      {change.value && (
        <ListChange
          list={list}
          change={change.value}
          onClose={() => {
            change.value = null
          }}
        />
      )}
    </section>
  )
}

/** Whom the next list can keep: on one of before members signed, oneself alone, until a colleague was compared again. */
const membersNow = ({ mine }: DeskNews, list: DeskList): readonly DeskMember[] => {
  const own = keyOnList(mine, list)
  return list.keys.flatMap((one) => {
    if (one.signer) return [one]
    return own?.signer && own.recipient === one.recipient ? [{ ...one, signer: own.signer }] : []
  })
}
