import { enrolmentHash, type SlipFacts } from '#domain/authority/enrolment.ts'
import { rightsOf, type TabletRights } from '#domain/authority/tablet-rights.ts'
import type { FieldSet } from '#domain/change.ts'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { derivedId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import { tablet } from '#domain/records/tablet.ts'
import { isGuarded } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import type { Tx } from '#server/db/connect.ts'
import { settingOf } from '#server/db/settings.ts'
import { appendOwn } from '#server/log/own.ts'
import type { Db, Province } from './call.ts'
import { sameText } from './secret.ts'
import { allStandings } from './standing.ts'
import { rightsOfTablet } from './tablets.ts'

/** What lets a device in that was not enrolled here. */
export interface Enroller {
  readonly rights: TabletRights
  /** What the tablet is called from now on; null: as it calls itself. */
  readonly name: string | null
  /** Its `tablet` record, where that is there already. */
  readonly record: string | null
  /** Its code has let this very device in before. */
  readonly isUsed: boolean
  /** It would add a tablet to those that this log knows. */
  readonly isNew: boolean
  /** The `tablet` record that it means; null: one of before there was enrolment. */
  readonly means: string | null
  /** Writes down which device it has let in; answers the id of its `tablet` record. */
  settle(tx: Tx, by: EnrolledBy): Promise<string | null>
}

interface EnrolledBy {
  readonly province: string
  readonly person: StaffId
  readonly device: string
  /** What the tablet calls itself, where no record names it. */
  readonly name: string
  readonly now: number
}

type Shown = { readonly code: string; readonly device: string; readonly now: number } | { readonly slip: SlipFacts }

/** What a code or a slip lets in; null for a code that is no good (any more). */
export const enrollerOf = async (
  db: Db,
  province: Pick<Province, 'id' | 'sample'>,
  shown: Shown,
): Promise<Enroller | null> => {
  if ('slip' in shown) return bySlip(db, province.id, shown.slip)
  const hash = enrolmentHash(shown.code)
  const record = await tabletOfCode(db, province.id, hash)
  if (!record) return province.sample ? inSample(db, province.id, hash) : null
  const { values, withdrawn } = view<typeof tablet>(record)
  const isAnothers = values.device !== undefined && values.device !== shown.device
  if (withdrawn || isAnothers || (values.codeUntil ?? 0) <= shown.now) return null
  return {
    rights: rightsOf(record),
    name: values.name ?? null,
    record: record.id,
    isUsed: values.device !== undefined,
    isNew: values.device === undefined,
    means: record.id,
    settle: (tx, by) => write(tx, by, record.id, {}),
  }
}

/** The code enrols nobody any more. */
export const spendCode = async (
  tx: Tx,
  { province, person, now }: Pick<EnrolledBy, 'province' | 'person' | 'now'>,
  code: string,
): Promise<void> => {
  const record = await tabletOfCode(tx.db, province, enrolmentHash(code))
  if (!record || view<typeof tablet>(record).values.device !== undefined) return
  await appendOwn(tx, { province, now }, [
    { author: person, kind: tablet.kind, record: record.id, set: { codeUntil: now } },
  ])
}

/** Tablets are few: one a school or a temple. */
const tabletOfCode = async (db: Db, province: string, hash: string): Promise<RecordState | null> => {
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('kind', '=', tablet.kind)
    .execute()
  const records = rows.map(({ body }) => JSON.parse(body) as RecordState)
  return records.find((record) => sameText(view<typeof tablet>(record).values.code ?? '', hash)) ?? null
}

const write = async (tx: Tx, { province, person, device, now }: EnrolledBy, record: RecordId, set: FieldSet) => {
  const change = { author: person, kind: tablet.kind, record, set: { ...set, device } }
  await appendOwn(tx, { province, now }, [change])
  return record
}

/** A server that was restored writes down what the slip says, so that it counts until the administrator says it anew (law 8). */
const bySlip = async (db: Db, province: string, { tablet: id, within, name }: SlipFacts): Promise<Enroller | null> => {
  const more = { name, record: null, isUsed: false }
  if (id === '')
    return { ...more, isNew: true, means: null, rights: { within, admits: new Set() }, settle: async () => null }
  const row = await db
    .selectFrom('records')
    .select(['kind', 'body'])
    .where('province', '=', province)
    .where('id', '=', id)
    .executeTakeFirst()
  // somebody has taken the id for something else meanwhile
  if (row && row.kind !== tablet.kind) return null
  const set = within === null ? { name, wholeProvince: true } : { name, places: keyedSetOf(within) }
  return {
    ...more,
    // a record whose code nobody had used yet is no tablet that this log knows
    isNew: row === undefined || view<typeof tablet>(JSON.parse(row.body) as RecordState).values.device === undefined,
    means: id,
    rights: row ? await rightsOfTablet(db, province, id) : { within, admits: new Set() },
    settle: (tx, by) => write(tx, by, id as RecordId, row ? {} : set),
  }
}

export const sampleCodeSetting = 'sample-enrolment'

/** The code of the invented province lets in as many browsers as somebody likes, each for everything. */
const inSample = async (db: Db, province: string, hash: string): Promise<Enroller | null> => {
  const code = await settingOf(db, province, sampleCodeSetting)
  if (code === undefined || !sameText(enrolmentHash(code), hash)) return null
  const admits = (await allStandings(db, province)).filter(isGuarded).map(({ staff }) => staff)
  return {
    rights: { within: null, admits: new Set(admits) },
    name: null,
    record: null,
    isUsed: false,
    isNew: true,
    means: null,
    settle: (tx, by) =>
      write(tx, by, derivedId('sample-tablet', by.device), {
        name: by.name,
        wholeProvince: true,
        admits: keyedSetOf(admits),
      }),
  }
}
