import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { configOrGiveUp, giveUp, storeOrGiveUp, version } from '#server/start.ts'
import { UnusableBackup } from './backup/format.ts'
import { takeBackup } from './backup/take.ts'

/** `npm run backup [file]`: one file with everything, while the server goes on. */
const config = configOrGiveUp()
const name = `bowon-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.backup.gz`
const file = resolve(process.argv[2] ?? join(config.dataDir, 'backups', name))
if (existsSync(file)) giveUp(`${file} is there already; give another name.`)
const { store } = await storeOrGiveUp(config)
try {
  const { rows } = await takeBackup(store, file, { version, now: Date.now() })
  console.log(`${file}: ${rows.changes} changes of ${rows.records} records, read back and checked.`)
} catch (error) {
  giveUp(error instanceof UnusableBackup ? error.message : `The backup failed: ${(error as Error).message}`)
} finally {
  await store.close()
}
