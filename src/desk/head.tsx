import { IconButton } from '#src/ui/icon-button.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { lock, unlocked } from './unlocked.ts'
import { w } from './words.ts'

/** The head of every desk screen: the lock is always there. */
export const Head = (props: { title: string; second?: string | undefined; back?: string | undefined }) => (
  <TopBar {...props} right={unlocked.value && <IconButton icon="lock" label={w('lock')} onClick={lock} />} />
)
