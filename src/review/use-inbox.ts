import { computed, effect, type ReadonlySignal, signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import { useApp } from '#src/session/context.ts'
import type { ReviewRow } from '#src/store/database.ts'
import { type InboxItem, type InboxPage, inboxItem, inboxPage, sortInbox } from '#src/store/review-index.ts'
import type { Store } from '#src/store/store.ts'
import { watched } from '#src/store/watch.ts'
import { countIn, type InboxFilter, isFiltered, matches, statesIn, type Tab } from './inbox.ts'

/** What is looked at; it stays while one goes elsewhere and comes back. */
export const tab = signal<Tab>('waiting')
export const filter = signal<InboxFilter>({})

/** Lines that are asked for at first, and each time that a reader comes near the end. */
const step = 60
const retryMs = 5000

export interface Inbox {
  /** Null until the tablet was asked once. */
  readonly page: ReadonlySignal<InboxPage | null>
  /** Those of a part that the filter lets through. */
  count(tab: Tab): number
  askForMore(): void
}

/** The inbox, kept up to date from this tablet alone. */
export const useInbox = (): Inbox => {
  const { store, names } = useApp()
  const inbox = useMemo(() => createInbox(store, (place) => names.place(place)?.values.district), [store, names])
  useEffect(() => inbox.follow(), [inbox])
  return inbox
}

const createInbox = (store: Store, districtOf: (place: string | undefined) => string | undefined) => {
  const page = signal<InboxPage | null>(null)
  const grown = signal({ subject: '', limit: step })
  const subject = computed(() => `${tab.value} ${JSON.stringify(filter.value)}`)
  const limit = computed(() => (grown.value.subject === subject.value ? grown.value.limit : step))
  const wanted = computed(() => {
    const only = filter.value
    return {
      states: statesIn[tab.value],
      limit: limit.value,
      matches: isFiltered(only) ? (row: ReviewRow) => matches(row, only, districtOf) : undefined,
    }
  })
  const read = () =>
    effect(() => {
      const asked = wanted.value
      return watched<InboxPage | null>(null, () => inboxPage(store.core, asked)).subscribe((answer) => {
        if (answer) page.value = answer
      })
    })
  return {
    page,
    count: (one: Tab) => (page.value ? countIn(page.value.counts, one) : 0),
    askForMore() {
      grown.value = { subject: subject.peek(), limit: limit.peek() + step }
    },
    follow() {
      const stops = [read(), keepSorted(store, page)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** Sorts now, and again whenever something waits to be sorted. */
const keepSorted = ({ core }: Store, page: ReadonlySignal<InboxPage | null>): (() => void) => {
  const unsorted = computed(() => page.value?.unsorted ?? 0)
  let isSorting = false
  let again: ReturnType<typeof setTimeout> | undefined
  const sort = async () => {
    if (isSorting) return
    isSorting = true
    const failed = await sortInbox(core).then(
      () => false,
      () => true,
    )
    isSorting = false
    // a browser may drop the connection in the background, and a mark may have come at the last moment
    if (failed || unsorted.peek() > 0) again = setTimeout(sort, failed ? retryMs : 0)
  }
  void sort()
  const stop = effect(() => {
    if (unsorted.value > 0) void sort()
  })
  return () => {
    stop()
    clearTimeout(again)
  }
}

/**
 * The record that is looked at: undefined before the first, null when it is not here. The one before it stands until it has been read.
 */
export const useItem = (id: string | undefined): InboxItem | null | undefined => {
  const { store } = useApp()
  const item = useSignal<InboxItem | null | undefined>(undefined)
  useEffect(() => {
    if (id === undefined) {
      item.value = undefined
      return
    }
    return watched<InboxItem | null | undefined>(undefined, () => inboxItem(store.core, id as RecordId)).subscribe(
      (answer) => {
        if (answer !== undefined) item.value = answer
      },
    )
  }, [id])
  return item.value
}
