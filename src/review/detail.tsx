import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import { Conflicts } from '#src/capture/conflicts.tsx'
import { whereabouts } from '#src/capture/places.ts'
import { titleOf } from '#src/capture/record-name.tsx'
import { Withdraw } from '#src/capture/withdraw.tsx'
import { dayText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { InboxItem } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { toast } from '#src/ui/toast.tsx'
import { Changes } from './changes.tsx'
import { useDeciding } from './decide.ts'
import { Foot } from './foot.tsx'
import { approvalBlock } from './inbox.ts'
import { useKeys } from './keys.ts'
import { RecordSeat } from './record-seat.tsx'
import { editPath, peopleOf } from './record-words.ts'
import { Standing } from './standing.tsx'
import { Thread } from './thread.tsx'
import { w } from './words.ts'

interface DetailProps {
  item: InboxItem
  before: string | undefined
  after: string | undefined
  /** Where the list is, when it is not beside. */
  back?: string
  /** The supervisor has done with it: approved or returned. */
  onDone: () => void
}

/** One record as a supervisor reads it: conflict, difference, history, questions, and what to say to it. */
export const Detail = (props: DetailProps) => {
  const { item } = props
  const deciding = useDeciding()
  const asking = useRef<HTMLDivElement>(null)
  const busy = useSignal(false)
  const approve = async () => {
    if (busy.peek() || item.state === 'approved') return
    const block = approvalBlock(item)
    if (block) return toast(w(`blocks.${block}`))
    busy.value = true
    if (await deciding.approve(item.record)) props.onDone()
    busy.value = false
  }
  useKeys({
    KeyA: () => void approve(),
    KeyR: () => asking.current?.querySelector('textarea')?.focus(),
  })
  return (
    <>
      <div class="review__body">
        <Head {...props} />
        <Standing item={item} />
        <Conflicts record={item.record} mayAlter />
        <Changes item={item} />
        <Thread item={item} />
        {!item.record.withdrawn && (
          <div class="cluster">
            <Button variant="line" icon="pencil" href={editPath(item.record)}>
              {t('edit')}
            </Button>
            <Withdraw record={item.record} />
          </div>
        )}
      </div>
      <div ref={asking} class="review__foot">
        <Foot item={item} onApprove={() => void approve()} onDone={props.onDone} />
      </div>
    </>
  )
}

const Head = ({ item, before, after, back }: DetailProps) => {
  const { names } = useApp()
  const { record } = item
  const values = record.values as { place?: string; heldOn?: string }
  const { heldOn } = values
  const place = names.place(values.place)
  const people = peopleOf(record)
  return (
    <header class="review-head">
      {back && <IconButton icon="arrow-left" label={t('back')} href={back} class="review-head__back" />}
      <RecordSeat record={record} size={56} />
      <div class="review-head__text">
        <h1>
          {titleOf(record, names)} {place?.values.name}
        </h1>
        <p class="review-head__facts">
          {heldOn && <span>{dayText(heldOn as Day, 'medium')}</span>}
          {place && <span>{whereabouts(names, place)}</span>}
          {people > 0 && <span>{t('people', { n: people })}</span>}
          <span>{names.staffName(record.created?.author)}</span>
          <SafetyBadge state={record.safety === 'tablet' ? 'waiting' : record.safety} />
        </p>
      </div>
      <div class="review-head__steps">
        {before && <IconButton icon="chevron-up" label={w('previous')} href={`/review/${before}`} />}
        {after && <IconButton icon="chevron-down" label={w('next')} href={`/review/${after}`} />}
      </div>
    </header>
  )
}
