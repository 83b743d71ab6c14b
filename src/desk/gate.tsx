import type { VNode } from 'preact'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { type DeskNews, standingAtDesk } from './desk-state.ts'
import { Unlock } from './unlock.tsx'
import { unlocked } from './unlocked.ts'
import { w } from './words.ts'

/** What stands between a member and what is sealed: no key at all, none of one's own, not admitted yet, or only the passphrase. */
export const KeyGate = ({ news, children }: { news: DeskNews; children: VNode }) => {
  const standing = standingAtDesk(news)
  if (standing === 'member') return unlocked.value ? children : <Unlock wrapped={news.mine!.wrapped} />
  const what = standing === 'pending' ? 'pending' : news.list ? 'mineMissing' : null
  return (
    <EmptyState
      art={false}
      title={w(what ? `noKey.${what}` : 'noKey.title')}
      text={w(what ? `noKey.${what}Text` : 'noKey.text')}
    >
      <Button icon="key" href="/desk/keys">
        {standing === 'pending' ? w('keysLink') : w('noKey.make')}
      </Button>
    </EmptyState>
  )
}
