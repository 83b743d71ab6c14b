import type { VNode } from 'preact'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { type DeskNews, keyOnList, standingAtDesk, useDeskList } from './desk-state.ts'
import { Unlock } from './unlock.tsx'
import { unlocked } from './unlocked.ts'
import { w } from './words.ts'

/** What stands between a member and what is sealed: no key at all, none of one's own, not admitted yet, or only the passphrase. */
export const KeyGate = ({ news, children }: { news: DeskNews; children: VNode }) => {
  const list = useDeskList()
  const standing = standingAtDesk(news, list)
  const own = keyOnList(news.mine, list)
  if (own) return unlocked.value ? children : <Unlock own={own} />
  const what = standing === 'pending' || standing === 'removed' ? standing : list ? 'mineMissing' : null
  return (
    <EmptyState
      art={false}
      title={w(what ? `noKey.${what}` : 'noKey.title')}
      text={w(what ? `noKey.${what}Text` : 'noKey.text')}
    >
      <Button icon="key" href="/desk/keys">
        {w(standing === 'no-key' ? 'noKey.make' : 'keysLink')}
      </Button>
    </EmptyState>
  )
}
