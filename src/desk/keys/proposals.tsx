import { useSignal } from '@preact/signals'
import { type DeskList, listDigest } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { askDesk, behind, type DeskNews, dropProposal, type Proposal } from '../desk-state.ts'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { ListDiff } from './list-diff.tsx'
import { PaperField } from './paper-field.tsx'
import { sendList } from './send-list.ts'

/** Lists that wait for another word. */
export const Proposals = ({ news, list }: { news: DeskNews; list: DeskList }) => {
  const open = news.proposals.filter((one) => one.list.number === list.number + 1)
  if (open.length === 0) return null
  return (
    <section class="stack">
      <h2>{w('keys.proposed.title')}</h2>
      {open.map((one) => (
        <Proposed key={one.staff} proposal={one} list={list} />
      ))}
    </section>
  )
}

const Proposed = ({ proposal, list }: { proposal: Proposal; list: DeskList }) => {
  const app = useApp()
  const me = app.session.person.value?.id
  const pending = useSignal(false)
  const problem = useSignal<Failure | 'wrong' | null>(null)
  const paper = useSignal<string | null>(null)
  const own = list.keys.find(({ staff }) => staff === me)?.signer
  const isMine = proposal.staff === me
  const hasMyWord = own !== undefined && behind(list, proposal).includes(own)
  const attempt = async (work: () => Promise<Failure | 'wrong' | null>) => {
    if (pending.value) return
    pending.value = true
    problem.value = await work()
    pending.value = false
  }
  const confirm = () =>
    attempt(async () => {
      const { confirmList } = await import('#src/vault/desk-keys.ts')
      const { list: next, signatures } = proposal
      const sent = await sendList(app, paper.value, (identities) =>
        confirmList(list, { list: next, signatures }, identities),
      )
      if (typeof sent === 'object') return sent
      if (sent === 'unsigned') return 'wrong'
      toast(w(`keys.change.${sent}`))
      return null
    })
  const drop = () =>
    attempt(async () => {
      const answer = await dropProposal(app.api, listDigest(proposal.list))
      if (!answer.ok) return answer.failure
      toast(w(isMine ? 'keys.proposed.takenBack' : 'keys.proposed.declined'))
      await askDesk(app.api)
      return null
    })
  const by = { name: app.names.staffName(proposal.staff), time: momentText(proposal.at) }
  return (
    <div class="member member--waiting proposal">
      <div class="member__text stack">
        <p class="small muted">{w('keys.proposed.by', by)}</p>
        <ListDiff before={list} after={proposal.list} />
        {problem.value && (
          <Notice tone="need" alert>
            {problem.value === 'wrong' ? w('keys.proposed.wrong') : failureText(problem.value)}
          </Notice>
        )}
        {hasMyWord && <p class="muted">{w('keys.proposed.waits')}</p>}
        {hasMyWord && unlocked.value && (
          <PaperField
            list={list}
            onPaper={(secret) => {
              paper.value = secret
            }}
          />
        )}
        {!unlocked.value && <p class="small muted">{w('keys.unlockFirst')}</p>}
      </div>
      <div class="cluster">
        <Button variant="line" size="small" pending={pending.value} onClick={() => void drop()}>
          {w(isMine ? 'keys.proposed.takeBack' : 'keys.proposed.decline')}
        </Button>
        {unlocked.value && (
          <Button
            size="small"
            icon="check"
            notYet={hasMyWord && paper.value === null}
            pending={pending.value}
            onClick={() => void confirm()}
          >
            {w(hasMyWord ? 'keys.change.withPaper' : 'keys.proposed.confirm')}
          </Button>
        )}
      </div>
    </div>
  )
}
