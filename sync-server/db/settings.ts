import type { Tx } from './connect.ts'

/** What the server keeps for itself of a province, by name; undefined where it keeps nothing. */
export const settingOf = async (db: Tx['db'], province: string, name: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('settings')
      .select('value')
      .where('province', '=', province)
      .where('name', '=', name)
      .executeTakeFirst()
  )?.value

/** Keeps the value, in place of the one that was there. */
export const keepSetting = async (db: Tx['db'], province: string, name: string, value: string): Promise<void> => {
  await db
    .insertInto('settings')
    .values({ province, name, value })
    .onConflict((there) => there.columns(['province', 'name']).doUpdateSet({ value }))
    .execute()
}
