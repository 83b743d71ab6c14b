import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { fail, ok, type Result } from '#domain/kernel/result.ts'

/** What the environment says, checked. `docs/operations.md` explains every setting. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl?: string
  readonly publicUrl: URL
  /** False when no tablet could work at `publicUrl`: browsers need HTTPS, or the same machine. */
  readonly publicUrlUsable: boolean
  readonly secretKey?: string
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Express's `trust proxy`: how many proxies stand before us, or their addresses. */
  readonly trustProxy: number | string[] | false
  /** Sentences for whoever started the server; none of them stops it. */
  readonly warnings: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>
type ReadText = (path: string) => string

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535

const urlOf = (text: string) => (URL.canParse(text) ? new URL(text) : null)

const isPublicUrl = (text: string) => {
  const url = urlOf(text)
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
  )
}

const isDatabaseUrl = (text: string) => /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? '')

const network = /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/
const isTrust = (text: string) => /^\d$/.test(text) || text.split(',').every((one) => network.test(one.trim()))

const setting = (test: (text: string) => boolean, fault: string) => z.optional(z.string().check(z.refine(test, fault)))

/** One line per setting: the test, and what stands on the console when it fails. */
const environment = z.object({
  PORT: setting(isPort, 'must be a number from 0 to 65535, for example 8080'),
  HOST: setting((text) => /^[\w.:-]+$/.test(text), 'must be an address or a host name, for example 0.0.0.0'),
  DATA_DIR: setting((text) => !text.includes('\0'), 'must be a folder'),
  DATABASE_URL: setting(isDatabaseUrl, 'must begin with postgres://, for example postgres://bowon:…@localhost/bowon'),
  PUBLIC_URL: setting(
    isPublicUrl,
    'must be the address people type, without a path, for example https://bowon.example.go.th',
  ),
  SECRET_KEY: setting((text) => text.length >= 32, 'must have 32 signs or more'),
  TLS_CERT: z.optional(z.string()),
  TLS_KEY: z.optional(z.string()),
  TRUST_PROXY: setting(
    isTrust,
    'must be how many proxies stand in front (1), or their addresses (10.0.0.0/8,127.0.0.1)',
  ),
})

const settingNames = Object.keys(environment.shape)

/** Reads all settings; the failure is every fault at once, each a line. An empty value counts as not set. */
export const readConfig = (env: Environment, readText: ReadText): Result<Config, readonly string[]> => {
  const given = Object.fromEntries(settingNames.map((name) => [name, env[name] || undefined]))
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`)
  const tls = readTls(given, readText, faults)
  if (!parsed.success || faults.length > 0) return fail(faults)
  const { PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL, SECRET_KEY, TRUST_PROXY } = parsed.data
  const port = Number(PORT ?? 8080)
  const publicUrl = new URL(PUBLIC_URL ?? `${tls ? 'https' : 'http'}://localhost:${port}`)
  const publicUrlUsable = isSecure(publicUrl)
  return ok({
    port,
    host: HOST ?? (tls ? '0.0.0.0' : '127.0.0.1'),
    dataDir: resolve(DATA_DIR ?? 'data'),
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    publicUrl,
    publicUrlUsable,
    ...(SECRET_KEY && { secretKey: SECRET_KEY }),
    ...(tls && { tls }),
    trustProxy: trustOf(TRUST_PROXY),
    warnings: [...similarNames(env), ...(publicUrlUsable ? [] : [insecure(publicUrl)])],
  })
}

/** Browsers give a page storage, keys and a service worker only over HTTPS or from the same machine. */
const isSecure = (url: URL) => url.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)

const insecure = (url: URL) =>
  `PUBLIC_URL ${url.origin} is neither https nor localhost: tablets cannot work there, because browsers refuse them storage and keys.`

const trustOf = (text: string | undefined): Config['trustProxy'] =>
  text === undefined ? false : /^\d$/.test(text) ? Number(text) : text.split(',').map((one) => one.trim())

const readTls = (given: Environment, readText: ReadText, faults: string[]): Config['tls'] => {
  const { TLS_CERT, TLS_KEY } = given
  if (!TLS_CERT && !TLS_KEY) return undefined
  if (!TLS_CERT || !TLS_KEY) {
    faults.push(`TLS_CERT and TLS_KEY belong together: ${TLS_CERT ? 'TLS_KEY' : 'TLS_CERT'} is missing.`)
    return undefined
  }
  const read = (name: string, path: string) => {
    try {
      return readText(path)
    } catch (error) {
      faults.push(`${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): ${path}`)
      return ''
    }
  }
  return { cert: read('TLS_CERT', TLS_CERT), key: read('TLS_KEY', TLS_KEY) }
}

/** A setting that was probably meant: the same letters, or one letter off in a long name. */
const similarNames = (env: Environment): string[] =>
  Object.keys(env).flatMap((name) => {
    if (settingNames.includes(name)) return []
    const meant = settingNames.find((known) => looksLike(plain(name), plain(known)))
    return meant && env[name] ? [`${name} is not a setting and is ignored; did you mean ${meant}?`] : []
  })

const plain = (name: string) => name.replaceAll('_', '').toUpperCase()

const looksLike = (name: string, known: string): boolean => {
  if (name === known) return true
  if (known.length < 7 || Math.abs(name.length - known.length) > 1) return false
  let start = 0
  while (start < name.length && name[start] === known[start]) start++
  const left = name.slice(start)
  const right = known.slice(start)
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)
}
