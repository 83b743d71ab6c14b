/** The shipped code, as one version of the program. */
export interface Program {
  readonly openStore: typeof import('#src/store/store.ts').openStore
  readonly BowonDatabase: typeof import('#src/store/database.ts').BowonDatabase
  readonly breakOffOnLeaving: typeof import('#src/store/leaving.ts').breakOffOnLeaving
  readonly jsonCodec: typeof import('#src/store/codec.ts').jsonCodec
  readonly startSync: typeof import('#src/sync/sync.ts').startSync
  readonly kindOf: typeof import('#domain/records/index.ts').kindOf
  readonly bundlesOf: typeof import('#src/sync/courier.ts').bundlesOf
  readonly seal: typeof import('#src/vault/seal.ts').seal
  readonly exchange: typeof import('#server/log/exchange.ts').exchange
  readonly deliver: typeof import('#server/courier/deliver.ts').deliver
  readonly appendOwn: typeof import('#server/log/own.ts').appendOwn
  readonly dropHeld: typeof import('#server/log/settle-held.ts').dropHeld
  readonly endDoubt: typeof import('#server/log/settle-held.ts').endDoubt
  readonly takeInHeld: typeof import('#server/log/settle-held.ts').takeInHeld
  readonly refold: typeof import('#server/log/refold.ts').refold
  readonly learnKinds: typeof import('#server/log/learn-kinds.ts').learnKinds
  readonly declareOver: typeof import('#server/log/siblings.ts').declareOver
  readonly standingOf: typeof import('#domain/standing.ts').standingOf
  readonly view: typeof import('#domain/view.ts').view
  readonly syncHeader: typeof import('#domain/protocol.ts').syncHeader
}

/** `?later` loads every module of ours once more, as a later version of the program (see `planting.ts`). */
const load = async (version: '' | '?later'): Promise<Program> => {
  const files = [
    '#src/store/store.ts',
    '#src/store/database.ts',
    '#src/store/leaving.ts',
    '#src/store/codec.ts',
    '#src/sync/sync.ts',
    '#src/sync/courier.ts',
    '#src/vault/seal.ts',
    '#domain/records/index.ts',
    '#server/log/exchange.ts',
    '#server/courier/deliver.ts',
    '#server/log/own.ts',
    '#server/log/settle-held.ts',
    '#server/log/refold.ts',
    '#server/log/learn-kinds.ts',
    '#server/log/siblings.ts',
    '#domain/standing.ts',
    '#domain/view.ts',
    '#domain/protocol.ts',
  ]
  const modules = await Promise.all(files.map((file) => import(file + version) as Promise<object>))
  return Object.assign({}, ...modules) as Program
}

export const programs = { now: await load(''), later: await load('?later') }
