import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { t } from '#src/i18n/index.ts'
import { classes } from '#src/ui/classes.ts'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { Detail } from './detail.tsx'
import { besides, isFiltered } from './inbox.ts'
import { InboxHead } from './inbox-head.tsx'
import { InboxList } from './inbox-list.tsx'
import { useKeys } from './keys.ts'
import { KeysHelp } from './keys-help.tsx'
import { NothingHere } from './nothing-here.tsx'
import { filter, useInbox, useItem } from './use-inbox.ts'
import { useWide } from './use-wide.ts'
import { w } from './words.ts'

/** The inbox with list and detail side by side; on a narrow screen the list, then the detail. */
export const InboxScreen = ({ id }: { id?: string }) => {
  const { route } = useLocation()
  const inbox = useInbox()
  const wide = useWide()
  const helping = useSignal(false)
  useTitle(w('title'))
  const page = inbox.page.value
  const lines = page?.lines ?? []
  const isEmpty = page?.unsorted === 0 && inbox.count('all') === 0 && !isFiltered(filter.value)
  // on a wide screen without any chosen, the first
  const item = useItem(id ?? (wide ? lines[0]?.record.id : undefined))
  const { before, after } = besides(lines, item?.record.id)
  const goTo = (next: string | undefined) => {
    if (next !== undefined) route(`/review/${next}`)
  }
  /** What is done leaves the list: on a wide screen the next one takes its place. */
  const goOn = () => route(wide && (after ?? before) ? `/review/${after ?? before}` : '/review')
  useKeys({
    KeyJ: () => goTo(item ? after : lines[0]?.record.id),
    KeyK: () => goTo(before),
    help: () => {
      helping.value = true
    },
  })
  useEffect(() => {
    bringIntoList()
  }, [item?.record.id])
  const listed = wide || id === undefined
  return (
    <main id="content" class={classes('review', isEmpty && 'review--empty')}>
      {listed && (
        <section class="review__list" aria-label={w('list')}>
          <InboxHead inbox={inbox} onHelp={() => (helping.value = true)} />
          <InboxList inbox={inbox} selected={item?.record.id} />
          {page && lines.length === 0 && <NothingHere inbox={inbox} />}
        </section>
      )}
      {(wide || id !== undefined) && page && !isEmpty && (
        <section class="review__detail" aria-label={w('detail')}>
          {item ? (
            <Detail
              key={item.record.id}
              item={item}
              before={before}
              after={after}
              {...(!wide && { back: '/review' })}
              onDone={goOn}
            />
          ) : (
            <div class="review__body">
              {id === undefined && <p class="muted review__hint">{w('chooseOne')}</p>}
              {id !== undefined && item === null && (
                <EmptyState title={w('notHere.title')} text={w('notHere.text')}>
                  {!wide && <a href="/review">{t('back')}</a>}
                </EmptyState>
              )}
            </div>
          )}
        </section>
      )}
      <KeysHelp open={helping.value} onClose={() => (helping.value = false)} />
    </main>
  )
}

const margin = 56

/** Scrolls the list, and only the list, until the chosen row is in it. */
const bringIntoList = () => {
  const row = document.querySelector('.review__list .row--selected')
  const list = row?.closest('.review__list')
  if (!row || !list || list.scrollHeight <= list.clientHeight) return
  const [inner, outer] = [row.getBoundingClientRect(), list.getBoundingClientRect()]
  if (inner.top < outer.top + margin) list.scrollTop += inner.top - outer.top - margin
  else if (inner.bottom > outer.bottom - margin) list.scrollTop += inner.bottom - outer.bottom + margin
}
