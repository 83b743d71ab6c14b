import { type LineProof, lineText, proofText } from '#domain/authority/line-proof.ts'
import { type Base, type Change, changeDigest, readChange } from '#domain/change.ts'
import { utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { fail, ok } from '#domain/kernel/result.ts'
import { limits } from '#domain/limits.ts'
import type { Values } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import type { staff } from '#domain/records/staff.ts'
import { isGuarded } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { unsignedEnvelope } from '#domain/unsigned.ts'
import { bringIn, entryOf, saysTheSame } from './bring-in.ts'
import { checkEdit } from './check-edit.ts'
import type { Core } from './core.ts'
import { codeFloor, FloorError } from './database.ts'
import { late } from './late.ts'
import { findRecord } from './query.ts'
import { laterBase, type RecordBody } from './record-body.ts'
import { type EntryBody, persist } from './rows.ts'
import type { Edit, RecordView, Saved, SaveResult } from './types.ts'

/**
 * Saves several changes in one flush. It resolves as soon as the journal has them; the lock is held until IndexedDB has them too, so
 * that the next save sees their bases. Without a journal, or with a young one, it resolves after IndexedDB.
 */
export const saveAll = async (core: Core, edits: readonly Edit[]): SaveResult<readonly Saved[]> => {
  for (const [at, edit] of edits.entries()) {
    const fields = checkEdit(edit)
    if (fields[0]) return fail({ failure: fields[0], fields, at })
  }
  return new Promise((resolve, reject) => {
    const work = async () => {
      const facts = await readFacts(core, edits)
      const { saved, fresh } = makeChanges(core, edits, facts)
      const signing = withSignatures(core, facts, fresh)
      // at the end of this turn many are handed to a worker, which signs while they are looked at
      await null
      const unsendable = fresh.map(({ entry }) => whyUnsendable(entry.line)).find((why) => why !== null)
      const signed = await signing
      if (!signed) return resolve(refused(failure('locked')))
      if (unsendable) return resolve(refused(unsendable))
      await journal(core, signed)
      if (core.journal && !core.journal.isYoung()) resolve(ok(saved))
      await catchUp(core)
      resolve(ok(saved))
    }
    core.locks.exclusive('bowon-save', work).catch((cause) => {
      const known = whyNotSaved(cause)
      if (known) resolve(refused(known))
      else reject(cause)
    })
  })
}

/** Brings what only the journal has into IndexedDB. With a journal a failure is no loss: it is tried again, at the latest at the next start. */
const catchUp = async (core: Core): Promise<void> => {
  const { behind } = core.memory
  const ns = [...behind.keys()]
  if (ns.length === 0) return
  try {
    await bringIn(core, [...behind.values()])
    for (const n of ns) behind.delete(n)
  } catch (cause) {
    if (core.journal) return
    // nothing of it is here: the same draft saved again is no longer the same change
    for (const known of [behind, core.memory.keys, core.memory.bases]) known.clear()
    core.memory.savedN.value = 0
    throw cause
  }
}

/** Waits until what this tab has journalled is in IndexedDB; not for ever, because the journal is enough. */
export const settled = async (core: Core): Promise<void> => {
  if (core.memory.behind.size === 0) return
  const done = core.locks.exclusive('bowon-save', () => catchUp(core))
  await Promise.race([done, core.wait(patience)])
}

interface Facts {
  readonly bases: ReadonlyMap<string, Base | null>
  /** By the key of a draft, the change that it became last. */
  readonly keys: ReadonlyMap<string, Change>
  /** What those who write may do, as far as this tablet has heard. */
  readonly staff: readonly RecordView<Values<typeof staff>>[]
}

const patience = 1500

/** What IndexedDB knows of these records; when it does not answer in time, what this tab remembers must do. */
const readFacts = async (core: Core, edits: readonly Edit[]): Promise<Facts> => {
  const reading = persist(core, () => readFromDatabase(core, edits))
  const facts = core.journal
    ? await Promise.race([reading.catch(rethrowFloor), core.wait(patience).then(() => null)])
    : await reading
  return facts ?? { bases: new Map(), keys: new Map(), staff: [] }
}

const rethrowFloor = (cause: unknown): null => {
  if (cause instanceof FloorError) throw cause
  return null
}

const readFromDatabase = async (core: Core, edits: readonly Edit[]): Promise<Facts> => {
  const { database, memory } = core
  const wanted = edits.flatMap(({ key }) => (key === undefined ? [] : [key]))
  const authors = [...new Set(edits.map(({ author }) => author))]
  const [[floor, lastN, seen, epoch], rows, keys, people] = await Promise.all([
    database.meta.bulkGet(['floor', 'lastN', 'seen', 'epoch']),
    database.records.bulkGet(edits.map(({ record }) => record)),
    database.keys.bulkGet(wanted),
    Promise.all(authors.map((author) => findRecord(core, author))),
  ])
  if (((floor?.value ?? codeFloor) as number) > codeFloor) throw new FloorError('a later version has written here')
  memory.lastN = Math.max(memory.lastN, (lastN?.value ?? 0) as number)
  memory.seen = Math.max(memory.seen, (seen?.value ?? 0) as number)
  memory.epoch = (epoch?.value ?? memory.epoch) as string
  const bodies = await Promise.all(rows.map((row) => (row ? core.codec.decode<RecordBody>(row.bytes) : null)))
  const again = keys.filter((row) => row !== undefined)
  const became = await Promise.all(
    again.map(async ({ key, n }) => [key, await (await late()).standing(core, n)] as const),
  )
  return {
    bases: new Map(bodies.flatMap((body) => (body ? [[body.confirmed.id, body.ownBase]] : []))),
    keys: new Map(became.flatMap(([key, change]) => (change ? [[key, change]] : []))),
    staff: people.filter((one) => one?.kind === 'staff') as Facts['staff'],
  }
}

interface Fresh {
  readonly change: Change
  readonly entry: EntryBody
}

const makeChanges = (core: Core, edits: readonly Edit[], facts: Facts) => {
  const { memory, mirror } = core
  const fresh: Fresh[] = []
  const keys = new Map<string, Change>()
  memory.lastN = Math.max(memory.lastN, Number(mirror.get('lastN') ?? 0))
  const saved = edits.map((edit): Saved => {
    const { key } = edit
    const again = key && (keys.get(key) ?? latest(memory.keys.get(key), facts.keys.get(key)))
    // what was altered since is a change of its own: "saved" is never said of words that are not
    if (again && saysTheSame(again, edit)) return { n: again.n, record: again.record }
    const known = laterBase(memory.bases.get(edit.record) ?? null, facts.bases.get(edit.record) ?? null, memory.epoch)
    const earlier = fresh.filter(({ change }) => change.record === edit.record).at(-1)?.change.base ?? known
    const change = makeChange(core, edit, laterBase(edit.base, earlier, memory.epoch))
    fresh.push({ change, entry: entryOf(change, key) })
    if (key !== undefined) keys.set(key, change)
    return { n: change.n, record: edit.record }
  })
  return { saved, fresh }
}

/** Null when somebody must sign for one of them whose key is not open here: then nothing is journalled. */
const withSignatures = async (core: Core, facts: Facts, fresh: readonly Fresh[]): Promise<readonly Fresh[] | null> => {
  const proofs = await Promise.all(fresh.map((one) => proofOf(core, facts, one)))
  if (proofs.some((proof) => proof === undefined)) return null
  return fresh.map((one, at) => withSignature(one, proofs[at] ?? null))
}

const withSignature = ({ change, entry }: Fresh, proof: LineProof | null): Fresh => ({
  change,
  entry: proof ? { ...entry, proof: proofText(proof) } : entry,
})

/** Null where none is needed; undefined where it is and the key is not open. */
const proofOf = async (core: Core, facts: Facts, { change, entry }: Fresh): Promise<LineProof | null | undefined> => {
  if (!mustSign(core, facts, change.author)) return null
  const { device, province } = core.identity()
  const text = lineText(province?.id ?? '', changeDigest(device, entry.line))
  return (await core.sign(change.author, text)) ?? undefined
}

/** Whoever holds a guarded role signs always (A4): by their record, or where that is not here by what was said when they signed in. */
const mustSign = (core: Core, { staff: known }: Facts, author: StaffId): boolean => {
  const record = known.find(({ id }) => id === author)
  const standing = record ? standingOf(record) : core.identity().people.find(({ id }) => id === author)?.standing
  return standing !== undefined && isGuarded(standing)
}

const latest = (a: Change | undefined, b: Change | undefined) => (a && b ? (a.n < b.n ? b : a) : (a ?? b))

const makeChange = (core: Core, edit: Edit, base: Base | null): Change => ({
  n: ++core.memory.lastN,
  ...(isOwnWord(edit)
    ? unsignedEnvelope(core.identity().device, core.now())
    : { author: edit.author, at: core.now(), seen: core.memory.seen }),
  kind: edit.kind,
  v: kindOf(edit.kind)!.version,
  record: edit.record,
  ...(base && { base }),
  ...(edit.replaces !== undefined && { replaces: edit.replaces }),
  set: edit.set,
})

/** What a tablet says by itself names nobody; what the desk writes of a complaint names and proves who it was. */
const isOwnWord = ({ kind, named }: Edit): boolean => kindOf(kind)!.unsigned && named !== true

/** The counter is mirrored before the flush, so that a number is never given twice; one that is lost here is merely skipped. */
const journal = async (core: Core, fresh: readonly Fresh[]): Promise<void> => {
  const { memory, mirror } = core
  mirror.set('lastN', String(memory.lastN))
  const entries = await Promise.all(
    fresh.map(async ({ change, entry }) => ({ n: change.n, bytes: await core.codec.encode(entry) })),
  )
  if (core.journal && entries.length > 0) await core.journal.append(entries)
  for (const { change, entry } of fresh) {
    memory.behind.set(change.n, entry)
    memory.savedN.value = change.n
    if (change.base) memory.bases.set(change.record, change.base)
    if (entry.key !== undefined) memory.keys.set(entry.key, change)
  }
}

/** What no server would take is not saved: it would wait for ever. */
const whyUnsendable = (line: string): Failure | null => {
  if (utf8ToBytes(line).length > limits.lineBytes) return failure('too-large')
  return readChange(line) ? null : failure('malformed-change')
}

/** The failure behind an exception of storage; null for one that is a fault of this program. */
const whyNotSaved = (cause: unknown): Failure | null => {
  if (cause instanceof FloorError) return failure('app-outdated')
  const { name, inner } = cause as { name?: string; inner?: { name?: string } }
  if (name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError') return failure('tablet-full')
  return cause instanceof DOMException || inner !== undefined ? failure('tablet-storage') : null
}

const refused = (one: Failure) => fail({ failure: one, fields: [], at: 0 })
