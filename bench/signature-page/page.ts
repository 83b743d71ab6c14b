// The shipped store, keyring and wrapped key, timed by bench/signatures.ts: a supervisor signs what she saves, an officer does not.
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, merge, type Write } from '#domain/merge.ts'
import type { Role } from '#domain/roles.ts'
import { browserPorts } from '#src/store/browser.ts'
import { emptyBody, type RecordBody, rowOf, viewOf } from '#src/store/record-body.ts'
import type { EntryBody } from '#src/store/rows.ts'
import { openStore } from '#src/store/store.ts'
import type { Edit } from '#src/store/types.ts'
import { createKeyring } from '#src/vault/keyring.ts'
import { makeKey, unlockKey } from '#src/vault/person-key.ts'

const keyring = createKeyring()
/** When the first signature of a save was asked for, and when the last was there. */
let signing: { from: number; to: number } | null = null
const ports = await browserPorts({
  async sign(person, text) {
    signing ??= { from: performance.now(), to: 0 }
    const proof = await keyring.sign(person, text)
    signing.to = performance.now()
    return proof
  },
})
const { core, saveAll, people } = await openStore(ports)
const epoch = 'epoch'
const place = newId<RecordId>(ports.random)
const password = 'ตะกร้า ระฆัง มะม่วง ใบลาน สะพาน'

/** A member of staff as reading them from the server leaves them. */
const hire = async (seq: number, role: Role): Promise<RecordId> => {
  const id = newId<RecordId>(ports.random)
  const at = ports.now()
  const set = { name: 'เจ้าหน้าที่สมมติ', active: true, roles: { [role]: { on: true } } }
  const write: Write = { seq, stamp: at, base: 0, device: 'server', n: seq, author: id, at, set }
  const body: RecordBody = {
    ...emptyBody(id, 'staff'),
    confirmed: merge(emptyRecord(id, 'staff'), write),
    epoch,
  }
  await core.database.records.put(await rowOf(viewOf(body, epoch), await core.codec.encode(body)))
  return id
}
// as after its first minute: until then a save waits for IndexedDB too, and a run would be of both kinds
localStorage.setItem('bowon.journal-aged', 'yes')
const bare = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
const authors = { officer: await hire(1, 'officer'), supervisor: await hire(2, 'supervisor') }
const where = { province: newId<RecordId>(ports.random) as string, device: people.identity.peek().device }
const { proof: _, ...kept } = await makeKey(keyring, authors.supervisor, password, where)

const edit = (author: RecordId, count: number): Edit => ({
  kind: 'activity',
  record: newId<RecordId>(ports.random),
  base: null,
  set: { node: 'school', type: 'talk', place, heldOn: '2026-11-23', from15Female: 1 + count },
  author,
})

const page = {
  /** Milliseconds until so many in one `saveAll` are saved, and how many of those went by while signing. */
  async save(who: keyof typeof authors, count: number) {
    const edits = Array.from({ length: count }, (_, i) => edit(authors[who], i))
    signing = null
    const at = performance.now()
    const saved = await saveAll(edits)
    const took = performance.now() - at
    if (!saved.ok) throw new Error(saved.failure.failure.code)
    // the next one is not to wait until IndexedDB has this one
    await core.locks.exclusive('bowon-save', async () => undefined)
    await new Promise(requestAnimationFrame)
    const span = signing as { from: number; to: number } | null
    return { took, signing: span ? span.to - span.from : 0 }
  },
  /** Milliseconds for so many signatures on this thread and nothing else: what no program that signs here can be below. */
  async bare(count: number) {
    const texts = Array.from({ length: count }, () => ports.random(120) as Uint8Array<ArrayBuffer>)
    const at = performance.now()
    await Promise.all(texts.map((text) => crypto.subtle.sign('Ed25519', bare.privateKey, text)))
    return performance.now() - at
  },
  /** How many of what waits bear a signature. */
  async signed() {
    // whoever saves holds the lock until IndexedDB has it too
    const rows = await core.locks.exclusive('bowon-save', () => core.database.outbox.toArray())
    const bodies = await Promise.all(rows.map(({ bytes }) => core.codec.decode<EntryBody>(bytes)))
    return bodies.filter(({ proof }) => proof !== undefined).length
  },
  /** Milliseconds until the key is open again. */
  async unlock() {
    keyring.lock()
    const at = performance.now()
    if (!(await unlockKey(keyring, kept, password, where))) throw new Error('locked')
    return performance.now() - at
  },
}

export type SignatureBench = typeof page
Object.assign(globalThis, { page })
document.title = 'ready'
