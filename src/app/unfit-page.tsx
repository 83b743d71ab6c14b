import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from './account-words.ts'

/** Why nothing can be kept here, instead of a page that pretends. */
export const UnfitPage = ({ missing }: { missing: readonly string[] }) => (
  <main class="page stack narrow" id="content">
    <Village />
    {missing.length === 0 ? (
      <Notice tone="need" title={w('insecure.title')}>
        <p>{w('insecure.text')}</p>
      </Notice>
    ) : (
      <Notice tone="need" title={w('oldBrowser.title')}>
        <p>{w('oldBrowser.text', { missing: missing.join(', ') })}</p>
      </Notice>
    )}
  </main>
)

/** The tablet's storage did not open. Nothing is deleted: the work lies in the journal, and a later start brings it back. */
export const NoStartPage = ({ reason }: { reason: string }) => (
  <main class="page stack narrow" id="content">
    <Village />
    <Notice
      tone="need"
      title={w('noStart.title')}
      action={
        <Button size="small" variant="line" onClick={() => location.reload()}>
          {w('noStart.reload')}
        </Button>
      }
    >
      <p>{w('noStart.text', { reason })}</p>
    </Notice>
  </main>
)
