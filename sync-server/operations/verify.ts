import { resolve } from 'node:path'
import { configOrGiveUp, giveUp, storeOrGiveUp } from '#server/start.ts'
import { knownSecretKey } from './secret-key.ts'
import { verifyDatabase } from './verify/database.ts'
import { verifyFile } from './verify/file.ts'
import { lineOf } from './verify/finding.ts'

/** `npm run verify [file]`: checks a backup, or without one the database that this server has, while it goes on. */
const config = configOrGiveUp()
const file = process.argv[2]

const verifyOwnDatabase = async () => {
  const { store, secretKey } = await storeOrGiveUp(config)
  try {
    return await verifyDatabase(store, secretKey)
  } finally {
    await store.close()
  }
}

try {
  const findings = file
    ? await verifyFile(resolve(file), knownSecretKey(config.secretKey, config.dataDir))
    : await verifyOwnDatabase()
  for (const finding of findings) console.log(lineOf(finding))
  if (findings.some(({ is }) => is === 'bad')) process.exitCode = 1
} catch (error) {
  giveUp(`It could not be verified: ${(error as Error).message}`)
}
