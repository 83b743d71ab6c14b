import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Json } from '#domain/kernel/bytes.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Mark } from '#domain/training/attendance-time.ts'
import {
  correctPatch,
  type MarkPatch,
  type MarkRun,
  type MarkSet,
  presenceOf,
  strikePatch,
  tapPatch,
} from '#domain/training/marks.ts'
import { fullName, matchesSearch, searchableOf } from '#domain/training/roster-order.ts'
import type { Store } from '#src/store/store.ts'
import type { RecordView } from '#src/store/types.ts'
import { groupBy } from '../parts/group-by.ts'
import type { PersonValues } from '../parts/types.ts'
import type { RosterEntry } from '../parts/use-roster.ts'
import { laidOver, marksUnder, notYetIn, type Overlay, sameMarks, without } from './overlay.ts'
import type { Filter, Row, RowState, Taker } from './row.ts'

interface Ports {
  readonly store: Pick<Store, 'save'>
  readonly device: string
  readonly author: () => StaffId
  /** The time that a tap stands for. */
  readonly now: (kind: 'in' | 'out') => number
  readonly newMarkId: () => string
  readonly onFailure: (failure: Failure) => void
  /** Which rows are shown first. */
  readonly filter?: Filter
}

/** How long a tapped row stays in its place. */
const freshMs = 3000
/** How long at least a saved tap is laid over what the store shows. */
const settleMs = 5000

const nothing: RowState = { came: undefined, arrived: undefined, left: undefined, fresh: false, failed: false }

interface Inner {
  view: RecordView<{ marks?: MarkSet }>
  /** Saved or being saved here, and not yet in what the store has shown. */
  pending: Overlay
  timer: ReturnType<typeof setTimeout> | undefined
  readonly state: Signal<RowState>
  readonly marks: Signal<readonly Mark[]>
}

/**
 * Check-in of one session. Every tap is laid over what the store shows and saved at once; a row follows its own signal, so that one tap
 * draws one row, whether the roster holds 30 people or 300.
 */
export const createCheckIn = (ports: Ports) => {
  const inner = new Map<string, Inner>()
  const rows = signal<readonly Row[]>([])
  const filter = signal<Filter>(ports.filter ?? 'all')
  const search = signal('')
  /** Grows with every change of any mark: what counts people follows it. */
  const turn = signal(0)
  /** Marks tapped since the screen was opened, in the order of the taps. */
  const tapped: string[] = []
  let stopped = false

  const stateOf = (marks: readonly Mark[], before: RowState): RowState => {
    const { arrived, left, taps } = presenceOf(marks)
    const here = taps.some(({ device }) => device === ports.device)
    return { ...before, came: arrived === undefined ? undefined : here ? 'here' : 'other', arrived, left }
  }

  const show = (one: Inner, change: Partial<RowState> = {}) => {
    const marks = marksUnder(one.view.values.marks, one.pending)
    const before = one.state.peek()
    const next = { ...stateOf(marks, before), ...change }
    if (!sameMarks(marks, one.marks.peek())) {
      one.marks.value = marks
      turn.value++
    }
    if (!sameState(before, next)) one.state.value = next
  }

  const makeRow = (entry: RosterEntry, place: Pick<Row, 'number' | 'group' | 'drawn'>, one: Inner): Row => {
    const values = entry.person?.values ?? {}
    const searchable = searchableOf(values)
    return {
      id: entry.attendance.id,
      person: entry.attendance.values.person ?? '',
      ...place,
      name: values.givenName ?? '…',
      rest: values.familyName ?? '',
      full: fullName(values),
      search: searchable,
      state: one.state,
      marks: one.marks,
      hidden: computed(() => {
        if (!matchesSearch(searchable, search.value)) return true
        const { came, fresh } = one.state.value
        if (filter.value === 'all' || fresh) return false
        return (came !== undefined) !== (filter.value === 'came')
      }),
    }
  }

  const stay = (one: Inner) => {
    clearTimeout(one.timer)
    one.timer = setTimeout(() => show(one, { fresh: false }), freshMs)
  }

  /**
   * What another tablet has corrected since must not stay hidden under a saved tap; but a store that is slow has not shown the tap yet, and a row that
   * fell back would be tapped again.
   */
  const settleAfter = (one: Inner, patch: MarkPatch, seen: Inner['view']) => {
    setTimeout(() => {
      if (stopped) return
      if (!isNewer(one.view, seen)) return settleAfter(one, patch, seen)
      one.pending = without(one.pending, patch)
      batch(() => show(one))
    }, settleMs)
  }

  const write = async (id: RecordId, patch: MarkPatch, change: Partial<RowState>): Promise<boolean> => {
    const one = inner.get(id)
    if (!one) return false
    one.pending = laidOver(one.pending, patch)
    batch(() => show(one, { failed: false, ...change }))
    if (change.fresh) stay(one)
    const seen = one.view
    const saved = await ports.store.save({
      kind: 'attendance',
      record: id,
      base: one.view.base,
      set: { marks: patch as Json },
      author: ports.author(),
    })
    if (saved.ok) {
      settleAfter(one, patch, seen)
      return true
    }
    one.pending = without(one.pending, patch)
    batch(() => show(one, { failed: true, fresh: false }))
    ports.onFailure(saved.failure.failure)
    return false
  }

  const came = computed(() => {
    turn.value
    const states = rows.value.map((row) => row.state.peek())
    const count = (by: RowState['came']) => states.filter((state) => state.came === by).length
    return { here: count('here'), other: count('other'), of: states.length }
  })

  return {
    rows: rows as ReadonlySignal<readonly Row[]>,
    filter,
    search,
    came,
    /** Who has checked people in on other tablets, as far as this one knows. */
    takers: computed((): readonly Taker[] => {
      turn.value
      const all = rows.value.flatMap((row) => {
        if (row.state.peek().came === undefined) return []
        const taps = presenceOf(row.marks.peek()).taps
        // A person whom both have tapped is counted once, for this tablet.
        return taps.find(({ device }) => device === ports.device) ?? taps[0] ?? []
      })
      const groups = groupBy(all, ({ device, taker }) => (device === ports.device ? device : `${device} ${taker}`))
      return [...groups.values()].map((group) => ({ ...group.at(-1)!, count: group.length }))
    }),
    /** The newest tap of this tablet that stands: what undo takes back. */
    last: computed((): { row: Row; mark: Mark } | null => {
      turn.value
      let last: { row: Row; mark: Mark } | null = null
      const isLater = (a: Mark, b: Mark) => tapped.indexOf(a.id) - tapped.indexOf(b.id) || a.at - b.at
      for (const row of rows.value)
        for (const mark of row.marks.peek())
          if (!mark.struckBy && mark.device === ports.device && (!last || isLater(mark, last.mark) > 0))
            last = { row, mark }
      return last
    }),

    /** Takes in the roster as the store shows it. */
    update(entries: readonly RosterEntry[]) {
      const shown = new Map(rows.peek().map((row) => [row.id, row]))
      const placeInGroup = new Map<string, number>()
      const grades = new Set(entries.map(({ person }) => person?.values.grade ?? ''))
      batch(() => {
        const next = entries.map((entry): Row => {
          const { attendance, person } = entry
          const known = inner.get(attendance.id)
          const one: Inner = known ?? {
            view: attendance,
            pending: {},
            timer: undefined,
            state: signal(nothing),
            marks: signal([]),
          }
          const news = !known || isNewer(attendance, known.view)
          one.view = attendance
          inner.set(attendance.id, one)
          if (news) {
            one.pending = notYetIn(one.pending, attendance.values.marks)
            show(one)
          }
          const values = person?.values ?? {}
          const group = grades.size > 1 ? (values.grade ?? '') : ''
          const place = (placeInGroup.get(group) ?? 0) + 1
          placeInGroup.set(group, place)
          const number = values.seat ?? String(place)
          const before = shown.get(attendance.id)
          const drawn = drawnFrom(number, group, values)
          return before?.drawn === drawn ? before : makeRow(entry, { number, group, drawn }, one)
        })
        const before = rows.peek()
        if (next.length !== before.length || next.some((row, at) => row !== before[at])) rows.value = next
      })
    },

    /** One more coming or going, now. */
    tap(id: RecordId, kind: 'in' | 'out'): Promise<boolean> {
      const mark = ports.newMarkId()
      tapped.push(mark)
      const patch = tapPatch({
        id: mark,
        kind,
        at: ports.now(kind),
        taker: ports.author(),
        device: ports.device,
      })
      return write(id, patch, { fresh: true })
    },
    /** Strikes marks: the person was not meant, or did not come. */
    strike: (id: RecordId, marks: readonly Mark[]) => write(id, strikePatch(marks, ports.author()), { fresh: false }),
    /** Another time for a coming or going. */
    correct: (id: RecordId, run: MarkRun, at: number) => write(id, correctPatch(run, at, ports.author()), {}),
    stop() {
      stopped = true
      for (const one of inner.values()) clearTimeout(one.timer)
    },
  }
}

export type CheckInModel = ReturnType<typeof createCheckIn>

/** Whether anything was written since: most of a roster is as it was when one person is tapped. */
const isNewer = (a: Inner['view'], b: Inner['view']): boolean =>
  a.seq !== b.seq || a.waiting.length !== b.waiting.length || a.waiting.some((n, at) => n !== b.waiting[at])

const drawnFrom = (number: string, group: string, values: PersonValues): string =>
  [number, group, fullName(values), values.nickname, values.number].join('\n')

const sameState = (a: RowState, b: RowState) =>
  a.came === b.came && a.arrived === b.arrived && a.left === b.left && a.fresh === b.fresh && a.failed === b.failed
