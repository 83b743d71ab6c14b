import { survivingWrites } from '#domain/history.ts'
import { pendingSeq } from '#domain/merge.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText, t } from '#src/i18n/index.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { HistorySteps } from './history-steps.tsx'
import type { History, PastChange } from './use-history.ts'
import { w } from './words.ts'

/** The server's changes of a record that this tablet has read; empty where it has never answered. */
export const changesRead = ({ kept }: History, { seq }: RecordView): readonly PastChange[] =>
  kept?.changes.filter((change) => change.seq <= seq) ?? []

/** Who changed what of a record, and when. Without the server, what this tablet knows of it; what waits here comes last. */
export const RecordHistory = ({ record, history }: { record: RecordView; history: History }) => {
  const read = changesRead(history, record)
  const here = survivingWrites(record)
  const whole = read.length > 0
  const changes = whole ? [...read, ...here.filter(({ seq }) => seq === pendingSeq)] : here
  return (
    <section class="stack stack--tight" aria-label={w('history.title')}>
      <h2 class="h3">{w('history.title')}</h2>
      <Unreached history={history} />
      <HistorySteps record={record} changes={changes} whole={whole} />
    </section>
  )
}

/** Why the history is not, or not quite, the server's word of this moment. */
const Unreached = ({ history }: { history: History }) => {
  const { kept, failure } = history
  if (!failure) return null
  const offline = failure.code === 'unavailable'
  return (
    <Notice
      icon={offline ? 'wifi-off' : 'info'}
      action={
        <Button variant="quiet" size="small" icon="refresh" pending={history.asking} onClick={history.askAgain}>
          {t('tryAgain')}
        </Button>
      }
    >
      <p>
        {offline
          ? w(kept ? 'history.offlineKept' : 'history.offline', { time: kept ? momentText(kept.at) : '' })
          : failureText(failure)}
      </p>
    </Notice>
  )
}
