import type { Field } from '#domain/fields/field.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { recordKinds } from '#domain/records/index.ts'
import type { Store } from '#server/db/connect.ts'
import { keepSetting, settingOf } from '#server/db/settings.ts'
import { refold } from './refold.ts'
import { retryHeld } from './settle-held.ts'

const setting = 'kinds'

/** Raised where a program folds the same log into other records: all of them are then folded again. */
const rules = 2

/** What of a declaration decides how its records fold. */
const foldingOf = ({ version, fields }: AnyRecordKind): string =>
  JSON.stringify([rules, version, Object.entries<Field>(fields).map(([name, { merge }]) => [name, merge])])

const foldings = (): Record<string, string> =>
  Object.fromEntries(recordKinds.map((kind) => [kind.kind, foldingOf(kind)]))

/**
 * What this version knows of kinds and the last one did not (law 9): such kinds are folded again from the log, and what was held back because
 * nobody knew its kind is judged again. Answers the kinds that were folded again. Call it before serving.
 */
export const learnKinds = async (store: Store, now: number): Promise<readonly string[]> => {
  const known = foldings()
  const learned = new Set<string>()
  for (const { id: province } of await store.db.selectFrom('provinces').select('id').execute()) {
    const before = await foldingsBefore(store, province)
    const changed = Object.keys(known).filter((kind) => before !== null && before[kind] !== known[kind])
    for (const kind of changed) {
      await refold(store, province, kind)
      learned.add(kind)
    }
    if (changed.length > 0) await judgeAgain(store, province, now)
    if (before === null || changed.length > 0) await remember(store, province, known)
  }
  return [...learned]
}

const foldingsBefore = async (store: Store, province: string): Promise<Record<string, string> | null> => {
  const kept = await settingOf(store.db, province, setting)
  return kept === undefined ? null : (JSON.parse(kept) as Record<string, string>)
}

const judgeAgain = async (store: Store, province: string, now: number): Promise<void> => {
  const devices = await store.db
    .selectFrom('held')
    .select('device')
    .distinct()
    .where('province', '=', province)
    .where('state', '=', 'held')
    .where('code', '=', 'unknown-kind')
    .execute()
  for (const { device } of devices) await store.transaction((tx) => retryHeld(tx, { province, device, now }))
}

const remember = (store: Store, province: string, known: Record<string, string>): Promise<unknown> =>
  store.transaction(({ db }) => keepSetting(db, province, setting, JSON.stringify(known)))
