import type { Enrolment } from '#domain/authority/enrolment.ts'
import { codeWords, generateWords } from '#domain/authority/generated-words.ts'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { fromBase64Url } from '#domain/kernel/bytes.ts'
import { derivedId, type RandomBytes } from '#domain/kernel/id.ts'
import { sampleDevices, sampleStaff, staffNamed } from '#domain/sample/staff.ts'
import { beginningOf, sampleStory } from '#domain/sample/story.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { keepSetting, settingOf } from '#server/db/settings.ts'
import { appendOwn } from '#server/log/own.ts'
import { newAccount } from '#server/people/accounts.ts'
import { sampleCodeSetting } from '#server/people/enrol.ts'
import { hashPassword } from '#server/people/password.ts'
import { hashOfSecret, newSecret } from '#server/people/secret.ts'
import { makeProvince } from './make-province.ts'
import { makeSampleDesk, type SampleDesk } from './sample-desk.ts'
import { guarded } from './sample-keys.ts'
import { playStory } from './sample-play.ts'

/** What the invented province tells about itself, so that people can look around in it. */
export interface SampleFacts {
  readonly provinceId: string
  readonly staff: string
  /** Opens the desk's keys in the browser. */
  readonly deskPassphrase: string
  /** Enrols as many browsers as somebody likes, each for everything: nobody in it is real. */
  readonly enrolment: Enrolment
  readonly signIns: readonly { username: string; password: string; name: string; roles: readonly string[] }[]
}

interface Means {
  readonly secretKey: string
  readonly clock: () => number
  readonly random: RandomBytes
}

const seed = 2569
const provinceName = 'จังหวัดตัวอย่าง'
const secretsSetting = 'sample-secrets'

/** Fills an empty store with the invented province, all of it or nothing; one that has it already only tells the sign-ins again. */
export const fillSample = async (store: Store, { secretKey, clock, random }: Means): Promise<SampleFacts> => {
  const known = await knownSample(store)
  if (known) return known
  const [password, passphrase] = [newWords(random, 4), newWords(random, 4)]
  const hashed = await hashPassword(password)
  const now = clock()
  const begun = beginningOf(now)
  const desk = await makeSampleDesk(passphrase, { begun, now, random })
  return store.transaction(async (tx) => {
    const meanwhile = await knownSample(tx)
    if (meanwhile) return meanwhile
    const admin = staffNamed('admin')
    const first = { kind: 'staff', record: admin.id, set: { name: admin.name, active: true } } as const
    const facts = { name: provinceName, sample: true, secret: secretKey, now: begun, random }
    const { provinceId } = await makeProvince(tx, facts, first)
    await admitEverybody(tx, provinceId, hashed, begun, random)
    const story = [...sampleStory(seed, now, await keyOf(tx, provinceId)), ...desk.steps]
    await playStory(tx, provinceId, story)
    await openDesk(tx, provinceId, desk)
    const value = JSON.stringify([password, passphrase])
    const code = newWords(random, codeWords)
    await keepSetting(tx.db, provinceId, secretsSetting, value)
    await keepSetting(tx.db, provinceId, sampleCodeSetting, code)
    return factsOf(provinceId, value, code)
  })
}

const knownSample = async ({ db }: Pick<Tx, 'db'>): Promise<SampleFacts | null> => {
  const row = await db
    .selectFrom('settings')
    .select(['province', 'value'])
    .where('name', '=', secretsSetting)
    .executeTakeFirst()
  if (!row) return null
  const code = await settingOf(db, row.province, sampleCodeSetting)
  return factsOf(row.province, row.value, code ?? '')
}

const newWords = (random: RandomBytes, count: number) => generateWords(random, count).join('-')

const factsOf = (provinceId: string, secrets: string, code: string): SampleFacts => {
  const [password, deskPassphrase] = JSON.parse(secrets) as [string, string]
  return {
    provinceId,
    staff: staffNamed('admin').id,
    deskPassphrase,
    enrolment: { code },
    signIns: sampleStaff.map(({ username, name, roles }) => ({ username, password, name, roles })),
  }
}

const openDesk = async ({ db }: Tx, province: string, { list, keys }: SampleDesk): Promise<void> => {
  await db
    .insertInto('desk_lists')
    .values({ province, ...list })
    .execute()
  await db
    .insertInto('desk_keys')
    .values(keys.map((key) => ({ province, ...key })))
    .execute()
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
    const tablet = derivedId('sample-tablet', id)
    const admits = keyedSetOf(people.filter((person) => guarded.has(person)))
    const set = { name, wholeProvince: true, admits, device: id }
    await appendOwn(tx, { province, now }, [{ author: staffNamed('admin').id, kind: 'tablet', record: tablet, set }])
    const credential = hashOfSecret(newSecret(random))
    const row = { province, id, name, credential, tablet, last_n: 0, last_stamp: 0, created_at: now, seen_at: now }
    await tx.db
      .insertInto('devices')
      .values({ ...row, revoked_at: null })
      .execute()
    const proven = people.map((staff) => ({ province, device: id, staff, proven_at: now }))
    await tx.db.insertInto('device_people').values(proven).execute()
  }
}
