import { kindOf } from '#domain/records/index.ts'
import { useMayAlter } from '#src/capture/may-write.ts'
import { Withdrawn } from '#src/capture/withdraw.tsx'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { useDeciding } from './decide.ts'
import { w } from './words.ts'

/** What was decided about it before: approved, changed since, withdrawn. */
export const Standing = ({ item }: { item: InboxItem }) => {
  const { names } = useApp()
  const { revoke } = useDeciding()
  const { record, state } = item
  const mayAlter = useMayAlter(kindOf(record.kind)!, record)
  if (record.withdrawn) return <Withdrawn record={record} mayAlter={mayAlter} />
  const last = item.decisions.findLast(({ values }) => values.verdict === 'approved')
  if (!last || (state !== 'approved' && state !== 'changed-since-approval')) return null
  const by = {
    name: names.staffName(last.created?.author),
    time: momentText(last.values.decidedAt ?? last.created?.at ?? 0),
  }
  if (state === 'changed-since-approval') {
    return (
      <Notice tone="wait" icon="history" title={w('states.changed-since-approval')}>
        <p>{w('approved.changed', by)}</p>
      </Notice>
    )
  }
  return (
    <div class="review-approved">
      <p>
        <Icon name="check" />
        <span>{w('approved.by', by)}</span>
      </p>
      <Button variant="quiet" size="small" icon="undo" onClick={() => void revoke(record)}>
        {w('approved.revoke')}
      </Button>
    </div>
  )
}
