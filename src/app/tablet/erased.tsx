import { momentText, n } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'
import { erased, noteErasedRead } from '../kept.ts'

/** The browser has erased everything of this tablet: what is gone, and what the server still has. */
export const Erased = () => {
  const kept = erased.value
  if (!kept) return null
  return (
    <Notice
      tone={kept.lost > 0 ? 'need' : 'wait'}
      icon="hard-drive"
      title={w('erased.title')}
      action={
        <Button size="small" variant="line" onClick={noteErasedRead}>
          {w('erased.read')}
        </Button>
      }
    >
      <p>
        {kept.lastAt === null
          ? w('erased.nothingSent')
          : w('erased.has', { n: n(kept.changes), time: momentText(kept.lastAt), name: kept.device.name })}{' '}
        {kept.lost > 0 ? w('erased.lost', { n: n(kept.lost) }) : w('erased.nothingLost')}
      </p>
      <p>{w('erased.now')}</p>
    </Notice>
  )
}
