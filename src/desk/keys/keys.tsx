import { useSignal } from '@preact/signals'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Fingerprint } from '#src/ui/fingerprint.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { askDesk, type DeskNews, keyOnList, standingAtDesk, useDeskList } from '../desk-state.ts'
import { Head } from '../head.tsx'
import { Unlock } from '../unlock.tsx'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { ExportEnvelopes } from './export-envelopes.tsx'
import { HandOver } from './hand-over.tsx'
import { KeyPrint } from './key-print.tsx'
import { ListChange } from './list-change.tsx'
import { MakeKey } from './make-key.tsx'
import { MemberList } from './member-list.tsx'
import { Proposals } from './proposals.tsx'
import './keys.css'

type Making = 'no' | 'ask' | 'another' | 'passphrase'

/** The keys that complaints are sealed to: whose they are, admitting a colleague, making one's own. */
export const Keys = ({ news }: { news: DeskNews }) => {
  const { api } = useApp()
  const list = useDeskList()
  const standing = standingAtDesk(news, list)
  const making = useSignal<Making>('no')
  const isMaking = standing === 'no-key' || making.value === 'another' || making.value === 'passphrase'
  const own = keyOnList(news.mine, list)
  const done = () => {
    making.value = 'no'
    void askDesk(api)
  }
  const set = (next: Making) => () => {
    making.value = next
  }
  return (
    <main class="page stack stack--wide" id="content">
      <div class="screen-only">
        <Head title={w('keys.title')} back="/desk" />
        <p class="muted">{w('keys.lead')}</p>
      </div>
      {isMaking && (
        <MakeKey
          identity={making.value === 'passphrase' ? unlocked.value?.identity : undefined}
          onDone={done}
          onCancel={standing === 'no-key' ? undefined : set('no')}
        />
      )}
      {!isMaking && standing === 'pending' && <Pending news={news} list={list} />}
      {!isMaking && standing === 'removed' && <Removed />}
      {list && !isMaking && (
        <>
          {list.keys.length === 1 && (
            <Notice tone="wait" title={w('keys.onlyOne')}>
              {w('keys.onlyOneText')}
            </Notice>
          )}
          {own && !unlocked.value && <Unlock own={own} />}
          <Proposals news={news} list={list} />
          <MemberList news={news} list={list} />
          <HandOver list={list} />
          <Root list={list} />
        </>
      )}
      {!isMaking && (
        <div class="cluster screen-only">
          {own && unlocked.value && (
            <Button variant="quiet" onClick={set('passphrase')}>
              {w('keys.make.change')}
            </Button>
          )}
          {news.mine.length > 0 && (
            <Button variant="quiet" onClick={set('ask')}>
              {w(standing === 'removed' ? 'keys.make.submit' : 'keys.make.again2')}
            </Button>
          )}
          <ExportEnvelopes />
        </div>
      )}
      <ConfirmDialog
        open={making.value === 'ask'}
        title={w('keys.make.replaceAsk')}
        confirm={w('keys.make.submit')}
        danger
        onConfirm={set('another')}
        onClose={set('no')}
      >
        <p>{w('keys.make.replaceText')}</p>
      </ConfirmDialog>
    </main>
  )
}

const Removed = () => (
  <Notice tone="need" title={w('noKey.removed')}>
    {w('noKey.removedText')}
  </Notice>
)

/** Colleagues admit; where there is but one member, who may be the one that forgot, the key on paper can. */
const Pending = ({ news, list }: { news: DeskNews; list: DeskList | null }) => {
  const asking = useSignal(false)
  const { listed: _, wrapped: _w, ...mine } = news.mine.at(-1)!
  const close = () => {
    asking.value = false
  }
  return (
    <Notice tone="wait" title={w('noKey.pending')}>
      <p>{w('noKey.pendingText')}</p>
      <KeyPrint of={mine} />
      {list?.keys.length === 1 && list.recoverySigner && (
        <p>
          <Button
            variant="line"
            size="small"
            onClick={() => {
              asking.value = true
            }}
          >
            {w('noKey.withPaper')}
          </Button>
        </p>
      )}
      {asking.value && list && (
        <ListChange
          list={list}
          change={{ keys: [...list.keys.filter(({ staff }) => staff !== mine.staff), mine] }}
          onClose={close}
        />
      )}
    </Notice>
  )
}

/** Whose word a tablet took for the first list, said openly, and what to compare. */
const Root = ({ list }: { list: DeskList }) => (
  <section class="ruled stack stack--tight">
    <h2>{w('keys.root')}</h2>
    <p class="muted small">{w('keys.rootHint')}</p>
    <Fingerprint of={list.root} label={w('keys.root')} />
  </section>
)
