import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toBase64Url } from '#domain/kernel/bytes.ts'
import type { RandomBytes } from '#domain/kernel/id.ts'

/**
 * SECRET_KEY, or the one that was made at the first start and is kept beside the data, readable by its owner only. Throws when it cannot
 * be read or kept.
 */
export const secretKeyOf = (given: string | undefined, dataDir: string, random: RandomBytes): string => {
  if (given) return given
  const path = join(dataDir, 'secret.key')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, `${toBase64Url(random(32))}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(path, 0o600)
  }
  const kept = readFileSync(path, 'utf8').trim()
  if (kept.length < 32) throw new Error(`${path} is damaged: a secret key has 32 signs or more.`)
  return kept
}

/** The same without making one; null where there is none. */
export const knownSecretKey = (given: string | undefined, dataDir: string): string | null => {
  const path = join(dataDir, 'secret.key')
  return given ?? (existsSync(path) ? readFileSync(path, 'utf8').trim() : null)
}
