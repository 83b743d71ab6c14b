import { AsyncLocalStorage } from 'node:async_hooks'

// What our code asks of Dexie, over maps in memory: several times quicker than Dexie over an IndexedDB in memory, and no less strict about
// what a crash leaves. `--database dexie` runs the same histories on the real one.

type Key = string | number
type Row = Readonly<Record<string, unknown>>

const taskOfItsOwn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A database as it lies on the tablet. */
interface File {
  readonly tables: Map<string, Map<Key, Row>>
  /** Transactions that write, one at a time. */
  readonly turns: Transaction[]
}

const files = new WeakMap<object, Map<string, File>>()

const fileFor = (home: object, name: string): File => {
  const all = files.get(home) ?? new Map<string, File>()
  files.set(home, all)
  const file = all.get(name) ?? { tables: new Map(), turns: [] }
  all.set(name, file)
  return file
}

/** Lays the databases of one home into another as well. Rows are never altered, only replaced. */
export const copyFiles = (from: object, to: object): void => {
  for (const [name, { tables }] of files.get(from) ?? []) {
    for (const [table, rows] of tables) fileFor(to, name).tables.set(table, new Map(rows))
  }
}

const lost = (name: 'AbortError' | 'DatabaseClosedError') => Object.assign(new Error(name), { name })

/** Changes of one transaction, laid over the tables until it commits. */
class Transaction extends EventTarget {
  readonly file: File
  readonly writes: boolean
  readonly changes = new Map<string, Map<Key, Row | null>>()
  isOver = false
  private goOn: () => void = () => {}

  constructor(file: File, writes: boolean) {
    super()
    this.file = file
    this.writes = writes
  }

  async begin(): Promise<void> {
    if (this.writes) {
      this.file.turns.push(this)
      if (this.file.turns[0] !== this)
        await new Promise<void>((resolve) => {
          this.goOn = resolve
        })
    }
    await taskOfItsOwn()
    this.check()
  }

  check(): void {
    if (this.isOver) throw lost('AbortError')
  }

  async commit(): Promise<void> {
    await taskOfItsOwn()
    this.check()
    const altered = new Set<string>()
    for (const [table, rows] of this.changes) {
      const stored = this.file.tables.get(table) ?? new Map<Key, Row>()
      this.file.tables.set(table, stored)
      for (const [key, row] of rows) {
        if (row) stored.set(key, row)
        else stored.delete(key)
        altered.add(`${table} ${key}`)
      }
      altered.add(table)
    }
    this.end('complete')
    tellWatchers(this.file, altered)
  }

  abort(): void {
    if (!this.isOver) this.end('abort')
  }

  private end(how: 'complete' | 'abort') {
    this.isOver = true
    const { turns } = this.file
    const at = turns.indexOf(this)
    if (at >= 0) turns.splice(at, 1)
    if (at === 0) turns[0]?.goOn()
    this.goOn()
    this.dispatchEvent(new Event(how))
  }
}

interface Context {
  readonly transaction?: Transaction
  readonly watcher?: Watcher
}
const context = new AsyncLocalStorage<Context>()

interface Core {
  transaction(names: readonly string[], mode: 'readonly' | 'readwrite', options: object): Transaction
}

export class Dexie {
  static readonly dependencies: object = {}
  static readonly Promise = Promise
  readonly file: File
  private core: Core
  private state: 'new' | 'open' | 'closed' = 'new'

  constructor(name: string, options: { readonly indexedDB?: object } = {}) {
    this.file = fileFor(options.indexedDB ?? Dexie, name)
    this.core = { transaction: (_, mode) => new Transaction(this.file, mode === 'readwrite') }
  }

  version() {
    return {
      stores: (tables: Readonly<Record<string, string>>) => {
        for (const [name, indexes] of Object.entries(tables)) {
          const [primary] = indexes.split(',')
          Object.assign(this, { [name]: new Table(this, name, primary!.trim()) })
        }
      },
    }
  }

  use({ create }: { create: (core: Core) => Core }) {
    this.core = create(this.core)
  }

  on() {}

  isOpen() {
    return this.state === 'open'
  }

  async open() {
    await taskOfItsOwn()
    if (this.state === 'new') this.state = 'open'
    this.check()
  }

  close() {
    this.state = 'closed'
  }

  private check() {
    if (this.state === 'closed') throw lost('DatabaseClosedError')
  }

  async transaction<T>(mode: 'r' | 'rw', names: readonly string[], work: () => Promise<T>): Promise<T> {
    const outer = context.getStore()
    if (outer?.transaction?.file === this.file) return work()
    if (this.state === 'new') await this.open()
    this.check()
    const transaction = this.core.transaction(names, mode === 'rw' ? 'readwrite' : 'readonly', {})
    try {
      await transaction.begin()
      const result = await context.run({ ...outer, transaction }, work)
      await transaction.commit()
      return result
    } catch (cause) {
      transaction.abort()
      throw cause
    }
  }
}

const compare = (a: unknown, b: unknown): number => {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < a.length; i++) {
      const order = compare(a[i], b[i])
      if (order !== 0) return order
    }
    return 0
  }
  return (a as Key) < (b as Key) ? -1 : (a as Key) > (b as Key) ? 1 : 0
}

/** What an index has for a row; undefined when the row is not in it. */
const indexed = (row: Row, index: string): unknown => {
  if (!index.startsWith('[')) return row[index]
  const parts = index
    .slice(1, -1)
    .split('+')
    .map((name) => row[name])
  return parts.includes(undefined) ? undefined : parts
}

class Table {
  private readonly database: Dexie
  readonly name: string
  private readonly primary: string

  constructor(database: Dexie, name: string, primary: string) {
    this.database = database
    this.name = name
    this.primary = primary
  }

  /** Within the transaction under way, or in one of its own. */
  private within<T>(mode: 'r' | 'rw', work: (transaction: Transaction) => T): Promise<T> {
    return this.database.transaction(mode, [this.name], async () => {
      const transaction = context.getStore()!.transaction!
      transaction.check()
      return work(transaction)
    })
  }

  private look(transaction: Transaction, key: Key): Row | undefined {
    context.getStore()?.watcher?.sees(this.database.file, `${this.name} ${key}`)
    const own = transaction.changes.get(this.name)
    if (own?.has(key)) return own.get(key) ?? undefined
    return transaction.file.tables.get(this.name)?.get(key)
  }

  private note(transaction: Transaction, key: Key, row: Row | null) {
    const own = transaction.changes.get(this.name) ?? new Map<Key, Row | null>()
    transaction.changes.set(this.name, own)
    own.set(key, row)
  }

  /** All rows, in the order of their keys. */
  rows(): Promise<Row[]> {
    return this.within('r', (transaction) => {
      context.getStore()?.watcher?.sees(this.database.file, this.name)
      const all = new Map<Key, Row | null>([
        ...(transaction.file.tables.get(this.name) ?? []),
        ...(transaction.changes.get(this.name) ?? []),
      ])
      const rows = [...all.values()].filter((row) => row !== null)
      return rows.sort((a, b) => compare(a[this.primary], b[this.primary]))
    })
  }

  get = (key: Key) => this.within('r', (transaction) => this.look(transaction, key))
  bulkGet = (keys: readonly Key[]) => this.within('r', (transaction) => keys.map((key) => this.look(transaction, key)))
  put = (row: Row) => this.bulkPut([row])
  bulkPut = (rows: readonly Row[]) =>
    this.within('rw', (transaction) => {
      for (const row of rows) this.note(transaction, row[this.primary] as Key, row)
    })
  delete = (key: Key) => this.bulkDelete([key])
  bulkDelete = (keys: readonly Key[]) =>
    this.within('rw', (transaction) => {
      for (const key of keys) if (this.look(transaction, key)) this.note(transaction, key, null)
    })
  async clear() {
    await this.bulkDelete((await this.rows()).map((row) => row[this.primary] as Key))
  }
  count = () => this.toCollection().count()
  toArray = () => this.toCollection().toArray()
  toCollection = () => new Collection(this, this.primary, this.primary, () => true)
  orderBy = (index: string) => new Collection(this, this.primary, index, () => true)
  where(index: string) {
    const those = (fits: (value: unknown) => boolean) => new Collection(this, this.primary, index, fits)
    return {
      equals: (one: unknown) => those((value) => compare(value, one) === 0),
      anyOf: (many: readonly unknown[]) => those((value) => many.includes(value)),
      startsWith: (start: string) => those((value) => (value as string).startsWith(start)),
      aboveOrEqual: (bottom: unknown) => those((value) => compare(value, bottom) >= 0),
      belowOrEqual: (top: unknown) => those((value) => compare(value, top) <= 0),
      between: (low: unknown, high: unknown, withLow = true, withHigh = false) =>
        those(
          (value) =>
            (withLow ? compare(value, low) >= 0 : compare(value, low) > 0) &&
            (withHigh ? compare(value, high) <= 0 : compare(value, high) < 0),
        ),
    }
  }
}

class Collection {
  private readonly table: Table
  private readonly primary: string
  private readonly index: string
  private readonly fits: (value: unknown) => boolean
  private filters: ((row: Row) => boolean)[] = []
  private most = Number.POSITIVE_INFINITY
  private backwards = false

  constructor(table: Table, primary: string, index: string, fits: (value: unknown) => boolean) {
    this.table = table
    this.primary = primary
    this.index = index
    this.fits = fits
  }

  filter(keep: (row: Row) => boolean) {
    this.filters.push(keep)
    return this
  }
  limit(most: number) {
    this.most = most
    return this
  }
  reverse() {
    this.backwards = true
    return this
  }
  toArray = async (): Promise<Row[]> => {
    const { index } = this
    const found = (await this.table.rows())
      .filter((row) => indexed(row, index) !== undefined && this.fits(indexed(row, index)))
      .sort((a, b) => compare(indexed(a, index), indexed(b, index)))
    if (this.backwards) found.reverse()
    return found.filter((row) => this.filters.every((keep) => keep(row))).slice(0, this.most)
  }
  async first() {
    return (await this.toArray())[0]
  }
  async last() {
    return (await this.toArray()).at(-1)
  }
  async primaryKeys() {
    return (await this.toArray()).map((row) => row[this.primary])
  }
  async count() {
    return (await this.toArray()).length
  }
}

/** One run of a question, and what it looked at. */
interface Watcher {
  sees(file: File, what: string): void
}

interface Following {
  readonly seen: Map<File, Set<string>>
  again(): void
}
const following = new Set<Following>()

const tellWatchers = (file: File, altered: ReadonlySet<string>) => {
  for (const one of following) {
    const seen = one.seen.get(file)
    if (seen && [...seen].some((what) => altered.has(what))) one.again()
  }
}

interface Observer<T> {
  readonly next?: (value: T) => void
  readonly error?: (cause: unknown) => void
}

/** Asks now, and again whenever something that the question looked at has altered. */
export const liveQuery = <T>(ask: () => Promise<T>) => ({
  subscribe({ next, error }: Observer<T>) {
    let isAsking = false
    let isStale = false
    const run = async () => {
      isAsking = true
      isStale = false
      one.seen.clear()
      const watcher: Watcher = {
        sees: (file, what) => void one.seen.set(file, (one.seen.get(file) ?? new Set()).add(what)),
      }
      try {
        const value = await context.run({ watcher }, ask)
        if (following.has(one) && !isStale) next?.(value)
      } catch (cause) {
        if (following.delete(one)) error?.(cause)
      }
      isAsking = false
      if (isStale && following.has(one)) setImmediate(run)
    }
    const one: Following = {
      seen: new Map(),
      again() {
        if (!isStale && !isAsking) setImmediate(run)
        isStale = true
      },
    }
    following.add(one)
    void run()
    return { unsubscribe: () => void following.delete(one) }
  },
})
