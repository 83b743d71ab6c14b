import { resolve } from 'node:path'
import { configOrGiveUp, giveUp, random, storeOrGiveUp } from '#server/start.ts'
import { UnusableBackup } from './backup/format.ts'
import { restoreBackup } from './backup/restore.ts'

/** `npm run restore <file>`: brings a backup into an empty database. */
const given = process.argv[2] ?? giveUp('Say which backup: npm run restore <file>')
const config = configOrGiveUp()
const { store, secretKey } = await storeOrGiveUp(config)
try {
  const heads = await restoreBackup(store, resolve(given), { secretKey, now: Date.now(), random })
  for (const { seq } of heads) console.log(`Restored up to number ${seq}. Tablets offer again what they sent after it.`)
} catch (error) {
  giveUp(error instanceof UnusableBackup ? error.message : `Nothing was restored: ${(error as Error).message}`)
} finally {
  await store.close()
}
