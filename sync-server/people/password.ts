import { hash, verify } from '@node-rs/argon2'
import { commonStems } from './common-passwords.ts'

/** OWASP's floor for Argon2id (19 MiB, two passes, one lane); the algorithm is the library's default, Argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const shortestPassword = 10
/** Longer ones only cost time. */
export const longestPassword = 200

/** The same visible password has the same signs, whichever keyboard wrote it. */
const sameSigns = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(sameSigns(password), cost)

export const matchesPassword = async (hashed: string, password: string): Promise<boolean> => {
  try {
    return await verify(hashed, sameSigns(password))
  } catch {
    return false
  }
}

let decoy: Promise<string> | undefined

/** As long as a real comparison, for names that do not exist. */
export const matchesNothing = async (password: string): Promise<false> => {
  decoy ??= hashPassword('nobody signs in with this')
  await matchesPassword(await decoy, password)
  return false
}

const common: ReadonlySet<string> = new Set(commonStems.map(sameSigns))

/** Whether a password is too easily guessed for this person. */
export const isWeak = (password: string, username: string): boolean => {
  const plain = sameSigns(password).toLowerCase()
  if ([...plain].length < shortestPassword) return true
  if (new Set(plain).size < 5) return true
  const stem = plain.replace(/^[\d\W_]+(?=\p{L})|[\d\p{P}\p{S}_]+$/gu, '')
  if (stem === '' && isRun(plain)) return true
  const name = sameSigns(username).toLowerCase()
  return common.has(stem) || common.has(plain) || stem === name || (name.length >= 5 && plain.includes(name))
}

/** `1234567890`, `9876543210`, `0123401234`: each sign follows its neighbour by one, with at most a few breaks. */
const isRun = (text: string): boolean => {
  const steps = [...text].slice(1).map((sign, at) => sign.codePointAt(0)! - text.codePointAt(at)!)
  return steps.filter((step) => Math.abs(step) === 1).length >= steps.length * 0.7
}
