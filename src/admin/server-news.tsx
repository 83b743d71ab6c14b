import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText, t } from '#src/i18n/index.ts'
import type { Asked } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from './words.ts'

/** Why the server did not answer, and of what time its last answer is. Nothing while all is well. */
export const ServerNews = ({ asked }: { asked: Asked<unknown> }) => {
  const { failure, at } = asked
  if (!failure) return null
  return (
    <Notice
      icon={failure.code === 'unavailable' ? 'wifi-off' : 'alert-circle'}
      action={
        failure.code === 'in-doubt' ? (
          <Button variant="line" size="small" href="/admin/access-review">
            {w('accessReview.open')}
          </Button>
        ) : (
          <Button variant="line" size="small" icon="refresh" pending={asked.asking} onClick={asked.askAgain}>
            {t('tryAgain')}
          </Button>
        )
      }
    >
      <p>{reasonText(failure)}</p>
      {at !== null && <p class="muted">{w('server.asOf', { time: momentText(at) })}</p>}
    </Notice>
  )
}

/** A failure of something that needs the server, in a sentence that says so. */
export const reasonText = (failure: Failure): string =>
  failure.code === 'unavailable' ? w('server.needsNetwork') : failureText(failure)
