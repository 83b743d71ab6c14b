import { Notice } from '#src/ui/notice.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from './words.ts'

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
