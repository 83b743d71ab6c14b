import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { fingerprint } from '#src/vault/desk-trust.ts'
import { askDesk, type DeskNews, standingAtDesk } from '../desk-state.ts'
import { Head } from '../head.tsx'
import { Unlock } from '../unlock.tsx'
import { unlocked } from '../unlocked.ts'
import { w } from '../words.ts'
import { Fingerprint } from './fingerprint.tsx'
import { MakeKey } from './make-key.tsx'
import { MemberList } from './member-list.tsx'
import './keys.css'

/** The keys that complaints are sealed to: whose they are, admitting a colleague, making one's own. */
export const Keys = ({ news }: { news: DeskNews }) => {
  const { api } = useApp()
  const standing = standingAtDesk(news)
  const replacing = useSignal<'no' | 'ask' | 'yes'>('no')
  const making = standing === 'no-key' || replacing.value === 'yes'
  const done = () => {
    replacing.value = 'no'
    void askDesk(api)
  }
  return (
    <main class="page stack stack--wide" id="content">
      <div class="screen-only">
        <Head title={w('keys.title')} back="/desk" />
        <p class="muted">{w('keys.lead')}</p>
      </div>
      {making && <MakeKey news={news} onDone={done} />}
      {standing === 'pending' && !making && <Pending news={news} />}
      {news.list && !making && (
        <>
          {news.list.keys.length === 1 && (
            <Notice tone="wait" title={w('keys.onlyOne')}>
              {w('keys.onlyOneText')}
            </Notice>
          )}
          {standing === 'member' && !unlocked.value && news.mine && <Unlock wrapped={news.mine.wrapped} />}
          <MemberList news={news} list={news.list} />
          <Root list={news.list} />
        </>
      )}
      {!making && news.mine && (
        <p>
          <Button
            variant="quiet"
            onClick={() => {
              replacing.value = 'ask'
            }}
          >
            {w('keys.make.again2')}
          </Button>
        </p>
      )}
      <ConfirmDialog
        open={replacing.value === 'ask'}
        title={w('keys.make.replaceAsk')}
        confirm={w('keys.make.submit')}
        danger
        onConfirm={() => {
          replacing.value = 'yes'
        }}
        onClose={() => {
          replacing.value = 'no'
        }}
      >
        <p>{w('keys.make.replaceText')}</p>
      </ConfirmDialog>
    </main>
  )
}

const Pending = ({ news }: { news: DeskNews }) => (
  <Notice tone="wait" title={w('noKey.pending')}>
    <p>{w('noKey.pendingText')}</p>
    {news.mine && <Fingerprint of={news.mine.recipient} />}
  </Notice>
)

const Root = ({ list }: { list: DeskList }) => {
  const print = useSignal('')
  useEffect(() => {
    void fingerprint(list.root).then((text) => {
      print.value = text
    })
  }, [list.root])
  return (
    <section class="ruled stack stack--tight">
      <h2>{w('keys.root')}</h2>
      <p class="muted small">{w('keys.rootHint')}</p>
      <p class="fingerprint">{print.value}</p>
    </section>
  )
}
