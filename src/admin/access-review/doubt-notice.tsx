import { momentText } from '#src/i18n/index.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../words.ts'
import type { AccessReview } from './doubt.ts'

/** Tells every administrator that the server went back, and the way on; nothing while it knows whom it let go. */
export const DoubtNotice = () => {
  const { doubt } = useServer<AccessReview>('/api/access-review').answer ?? {}
  if (!doubt) return null
  return (
    <Notice
      tone="need"
      icon="key"
      title={w('accessReview.needed')}
      action={
        <Button size="small" href="/admin/access-review">
          {w(doubt.isMine ? 'accessReview.goOn' : 'accessReview.open')}
        </Button>
      }
    >
      <p>{w(`accessReview.${doubt.cause}`, { time: momentText(doubt.since) })}</p>
      <p>{w('accessReview.meanwhile')}</p>
    </Notice>
  )
}
