import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from '../account-words.ts'

/** What an iPad keeps for a page in its browser it deletes after seven days; for an installed app it does not. */
export const InstallFirst = ({ onAnyway }: { onAnyway: () => void }) => (
  <main class="page stack narrow" id="content">
    <Village />
    <Notice title={w('signIn.installFirst.title')} icon="download">
      <p>{w('signIn.installFirst.text')}</p>
    </Notice>
    <Button variant="quiet" onClick={onAnyway}>
      {w('signIn.installFirst.anyway')}
    </Button>
  </main>
)
