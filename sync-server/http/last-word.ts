import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { type FailureCode, failure } from '#domain/kernel/failure.ts'
import { DatabaseGone } from '#server/db/connect.ts'
import { sendFailure } from './reply.ts'

export const nothingHere: RequestHandler = (_, response) => sendFailure(response, failure('not-found'))

/**
 * What nobody expected. The answer says no more than its code; the log gets where it happened, without the message, which may quote what
 * somebody wrote.
 */
export const lastWord =
  (log: Logger): ErrorRequestHandler =>
  (error, _, response, next) => {
    const code = codeOf(error)
    log.error({ fault: nameOf(error), code, at: framesOf(error) })
    if (response.headersSent) return next(error)
    sendFailure(response, failure(code))
  }

const nameOf = (error: unknown) => {
  const { name, code, errcode } = (error ?? {}) as { name?: string; code?: unknown; errcode?: unknown }
  return [name, code, errcode].filter((part) => part !== undefined).join(' ')
}

const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []).slice(0, 8)
    : []

const full = new Set<unknown>(['ENOSPC', 'EDQUOT', '53100'])
const sqliteFull = 13
const sqliteCannotOpen = 14
/** Of the line to PostgreSQL; of PostgreSQL: it ends or begins, the database is no more, it has no room for one more connection. */
const ofTheLine = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']
const ofPostgres = ['57P01', '57P02', '57P03', '57P04', '3D000', '08000', '08003', '08006', '53300']
const gone = new Set<unknown>([...ofTheLine, ...ofPostgres])

/** The full disk and the database that does not answer have their own codes: a tablet waits differently for them. */
const codeOf = (error: unknown): FailureCode => {
  const { code, errcode, status } = (error ?? {}) as { code?: unknown; errcode?: unknown; status?: unknown }
  if (full.has(code) || errcode === sqliteFull) return 'storage-full'
  if (error instanceof DatabaseGone || gone.has(code) || errcode === sqliteCannotOpen) return 'unavailable'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'malformed-request' : 'server-fault'
}
