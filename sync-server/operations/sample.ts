import { type Change, changeLine } from '#domain/change.ts'
import { fromBase64Url } from '#domain/kernel/bytes.ts'
import type { RandomBytes } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import { sampleDevices, sampleStaff, staffNamed } from '#domain/sample/staff.ts'
import type { Step } from '#domain/sample/step.ts'
import { beginningOf, sampleStory } from '#domain/sample/story.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { append } from '#server/log/append.ts'
import { appendOwn } from '#server/log/own.ts'
import { readLines } from '#server/log/sent.ts'
import { newAccount } from '#server/people/accounts.ts'
import { hashPassword } from '#server/people/password.ts'
import { hashOfSecret, newSecret } from '#server/people/secret.ts'
import { makeProvince } from './make-province.ts'

/** What the invented province tells about itself, so that people can look around in it. */
export interface SampleFacts {
  readonly provinceId: string
  readonly staff: string
  readonly signIns: readonly { username: string; password: string; name: string; roles: readonly string[] }[]
}

interface Means {
  readonly secretKey: string
  readonly clock: () => number
  readonly random: RandomBytes
}

const seed = 2569
const provinceName = 'จังหวัดตัวอย่าง'
const passwordSetting = 'sample-password'

/** Fills an empty store with the invented province, all of it or nothing; one that has it already only tells the sign-ins again. */
export const fillSample = async (store: Store, { secretKey, clock, random }: Means): Promise<SampleFacts> => {
  const known = await knownSample(store)
  if (known) return known
  const password = readablePassword(random)
  const hashed = await hashPassword(password)
  return store.transaction(async (tx) => {
    const now = clock()
    const begun = beginningOf(now)
    const admin = staffNamed('admin')
    const first = { kind: 'staff', record: admin.id, set: { name: admin.name, active: true } } as const
    const facts = { name: provinceName, sample: true, secret: secretKey, now: begun, random }
    const { provinceId } = await makeProvince(tx, facts, first)
    await admitEverybody(tx, provinceId, hashed, begun, random)
    await play(tx, provinceId, sampleStory(seed, now, await keyOf(tx, provinceId)))
    await tx.db
      .insertInto('settings')
      .values({ province: provinceId, name: passwordSetting, value: password })
      .execute()
    return factsOf(provinceId, password)
  })
}

const knownSample = async ({ db }: Store): Promise<SampleFacts | null> => {
  const row = await db
    .selectFrom('settings')
    .select(['province', 'value'])
    .where('name', '=', passwordSetting)
    .executeTakeFirst()
  return row ? factsOf(row.province, row.value) : null
}

const factsOf = (provinceId: string, password: string): SampleFacts => ({
  provinceId,
  staff: staffNamed('admin').id,
  signIns: sampleStaff.map(({ username, name, roles }) => ({ username, password, name, roles })),
})

/** Two syllables and digits, twice: read off a screen and typed on a tablet. */
const readablePassword = (random: RandomBytes): string => {
  const [consonants, vowels] = ['bdfghklmnprstvwz', 'aeio']
  const bytes = random(12)
  const word = (at: number) =>
    [0, 1, 2, 3].map((i) => (i % 2 ? vowels[bytes[at + i]! % 4] : consonants[bytes[at + i]! % 16])).join('')
  return `${word(0)}-${word(4)}-${10 + (bytes[8]! % 90)}${10 + (bytes[9]! % 90)}`
}

const keyOf = async (tx: Tx, province: string): Promise<Uint8Array> => {
  const row = await tx.db.selectFrom('provinces').select('id_key').where('id', '=', province).executeTakeFirstOrThrow()
  return fromBase64Url(row.id_key)!
}

const admitEverybody = async (tx: Tx, province: string, hashed: string, now: number, random: RandomBytes) => {
  for (const { id, username } of sampleStaff) {
    const account = newAccount(province, id, username, hashed, now)
    await tx.db
      .insertInto('accounts')
      .values({ ...account, must_change: 0 })
      .execute()
  }
  for (const { id, name, people } of sampleDevices) {
    const credential = hashOfSecret(newSecret(random))
    const row = { province, id, name, credential, last_n: 0, last_stamp: 0, created_at: now, seen_at: now }
    await tx.db
      .insertInto('devices')
      .values({ ...row, revoked_at: null })
      .execute()
    const proven = people.map((staff) => ({ province, device: id, staff, proven_at: now }))
    await tx.db.insertInto('device_people').values(proven).execute()
  }
}

/** Plays the story through the same door that tablets use, each batch at its own time. */
const play = async (tx: Tx, province: string, steps: readonly Step[]): Promise<void> => {
  const log = await logOf(tx, province)
  const counters = new Map<string, number>()
  const begun = new Set<string>()
  for (const batch of batchesOf(steps)) {
    const { device, at: now } = { ...batch[0]!, at: batch.at(-1)!.at }
    if (device === null) {
      await appendOwn(
        tx,
        { province, now },
        batch.map(({ by, kind, record, set, at }) => ({ author: by, kind, record, set: plain(set, log.numberOf), at })),
      )
    } else {
      const n = counters.get(device) ?? 0
      const lines = batch.map((step, i) => {
        const line = changeLine(changeOf(step, n + i + 1, log, begun))
        begun.add(step.record)
        return line
      })
      counters.set(device, n + batch.length)
      const done = await append(tx, { province, device, now }, readLines(device, lines)!)
      if (!done || done.held.length > 0) throw new Error(`The sample story was not accepted: ${done?.held[0]?.code}`)
    }
    await log.refresh(now)
  }
}

/** As far as possible one batch per device: a step that needs to know the log, or not to know it, begins another. */
const batchesOf = (steps: readonly Step[]): Step[][] => {
  const batches: Step[][] = []
  for (const step of steps) {
    const last = batches.at(-1)
    const goesOn = last?.[0]?.device === step.device && typeof step.set !== 'function' && step.knewAt === undefined
    if (last && goesOn) last.push(step)
    else batches.push([step])
  }
  return batches
}

const changeOf = (step: Step, n: number, log: Log, begun: ReadonlySet<string>): Change => ({
  n,
  author: step.by,
  at: step.at,
  seen: 0,
  kind: step.kind,
  v: kindOf(step.kind)!.version,
  record: step.record,
  ...(begun.has(step.record) && { base: { epoch: log.epoch, seq: log.seqAt(step.knewAt ?? step.at) } }),
  set: plain(step.set, log.numberOf),
})

const plain = (set: Step['set'], numberOf: Log['numberOf']) => (typeof set === 'function' ? set(numberOf) : set)

/** What has been played so far: numbers of records, and the head of the log over time. */
interface Log {
  readonly epoch: string
  readonly numberOf: (record: string) => number
  readonly seqAt: (at: number) => number
  readonly refresh: (at: number) => Promise<void>
}

const logOf = async (tx: Tx, province: string): Promise<Log> => {
  const { epoch } = await tx.db
    .selectFrom('provinces')
    .select('epoch')
    .where('id', '=', province)
    .executeTakeFirstOrThrow()
  const numbers = new Map<string, number>()
  const heads: { at: number; seq: number }[] = []
  return {
    epoch,
    numberOf: (record) => numbers.get(record) ?? 0,
    seqAt: (at) => heads.findLast((head) => head.at <= at)?.seq ?? 0,
    refresh: async (at) => {
      const seen = heads.at(-1)?.seq ?? 0
      const rows = await tx.db
        .selectFrom('changes')
        .select(['record', 'seq'])
        .where('province', '=', province)
        .where('seq', '>', seen)
        .orderBy('seq')
        .execute()
      for (const { record, seq } of rows) numbers.set(record, seq)
      heads.push({ at, seq: rows.at(-1)?.seq ?? seen })
    },
  }
}
