import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StaffId } from '#domain/kernel/id.ts'
import { hasRole } from '#domain/roles.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { makeCode } from '#server/people/new-code.ts'
import { allStandings } from '#server/people/standing.ts'

/** A one-time code for a tablet of the whole province that admits everybody there is now; null before set-up. */
export const codeIn = async (store: Store, now: number): Promise<string | null> => {
  const province = await store.db.selectFrom('provinces').select('id').orderBy('created_at').executeTakeFirst()
  if (!province) return null
  const everybody = await allStandings(store.db, province.id)
  const author = everybody.find((one) => hasRole(one, 'administrator'))!.staff as StaffId
  const admits = everybody.map(({ staff }) => staff)
  const facts = { province: province.id, now, random: randomBytes, author, name: 'แท็บเล็ต', admits }
  return (await store.transaction((tx) => makeCode(tx, facts))).code
}

/** The same beside a running server, as `npm run enrol` does it; of its sample province where it shows that. */
export const codeBeside = async (dataDir: string): Promise<string> => {
  const sample = join(dataDir, 'sample')
  const store = await openStore({ dataDir: existsSync(sample) ? sample : dataDir })
  try {
    const code = await codeIn(store, Date.now())
    if (code === null) throw new Error('no province to enrol a tablet in')
    return code
  } finally {
    await store.close()
  }
}
