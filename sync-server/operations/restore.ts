import { resolve } from 'node:path'
import { makeReviewCode } from '#server/people/access-review.ts'
import { configOrGiveUp, giveUp, random, storeOrGiveUp } from '#server/start.ts'
import { UnusableBackup } from './backup/format.ts'
import { restoreBackup } from './backup/restore.ts'

/** `npm run restore <file>`: brings a backup into an empty database. */
const given = process.argv[2] ?? giveUp('Say which backup: npm run restore <file>')
const config = configOrGiveUp()
const { store, secretKey } = await storeOrGiveUp(config)
try {
  const heads = await restoreBackup(store, resolve(given), { secretKey, now: Date.now(), random })
  for (const { id, seq } of heads) {
    console.log(`Restored up to number ${seq}. Tablets offer again what they sent after it.`)
    const code = await store.transaction((tx) => makeReviewCode(tx, { province: id, now: Date.now(), random }))
    console.log(
      'Whom it had let go since the backup nobody knows: until an administrator has gone through people, tablets',
    )
    console.log(
      'and keys, only captures are taken. On their own tablet, under Manage, they begin with this code, within 24 hours:',
    )
    console.log(`  ${code}`)
    console.log(
      'Another code: npm run access-review. If no administrator has a tablet that this server knows: npm run enrol.',
    )
  }
} catch (error) {
  giveUp(error instanceof UnusableBackup ? error.message : `Nothing was restored: ${(error as Error).message}`)
} finally {
  await store.close()
}
