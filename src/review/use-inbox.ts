import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { decision } from '#domain/records/decision.ts'
import { recordKinds } from '#domain/records/index.ts'
import { question } from '#domain/records/question.ts'
import { useApp } from '#src/session/context.ts'
import type { Store } from '#src/store/store.ts'
import type { RecordView } from '#src/store/types.ts'
import { type InboxFilter, type InboxItem, inboxOf, isIn, matches, type Tab } from './inbox.ts'

/** Kinds that a supervisor reviews. */
export const reviewedKinds = recordKinds.filter(({ reviewed }) => reviewed)

/** What is looked at; it stays while one goes elsewhere and comes back. */
export const tab = signal<Tab>('waiting')
export const filter = signal<InboxFilter>({})

export interface Inbox {
  /** Null until the tablet was read once. */
  readonly all: ReadonlySignal<readonly InboxItem[] | null>
  /** Those that the filter lets through, in every part. */
  readonly filtered: ReadonlySignal<readonly InboxItem[]>
  /** Those of the part that is looked at. */
  readonly shown: ReadonlySignal<readonly InboxItem[]>
}

/** The inbox, kept up to date from this tablet alone. */
export const useInbox = (): Inbox => {
  const { store, names } = useApp()
  return useMemo(() => createInbox(store, (place) => names.place(place)?.values.district), [store, names])
}

const createInbox = (store: Store, districtOf: (place: string | undefined) => string | undefined): Inbox => {
  const kinds = reviewedKinds.map((kind) => store.live(kind, { withdrawn: true }))
  const [questions, decisions] = [store.live(question), store.live(decision)]
  const all = computed(() => {
    const records: RecordView[] = []
    for (const { value } of kinds) {
      if (value === null) return null
      records.push(...(value as readonly RecordView[]))
    }
    return inboxOf(records, questions.value ?? [], decisions.value ?? [], districtOf)
  })
  const filtered = computed(() => (all.value ?? []).filter((item) => matches(item, filter.value)))
  return { all, filtered, shown: computed(() => filtered.value.filter((item) => isIn(item, tab.value))) }
}
