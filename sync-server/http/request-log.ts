import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/**
 * One line a request: the route as it is written in service.ts, never the address that was asked for; no names, no bodies, no query.
 */
export const requestLog =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const start = process.hrtime.bigint()
    response.on('close', () => {
      log.info({
        method: request.method,
        route: (request.route as { path?: string } | undefined)?.path ?? 'static',
        status: response.statusCode,
        ms: Number((process.hrtime.bigint() - start) / 100_000n) / 10,
        sent: Number(response.getHeader('Content-Length') ?? 0),
        ...(!response.writableFinished && { cut: true }),
      })
    })
    next()
  }
