import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { failure } from '#domain/kernel/failure.ts'
import { bounds } from '#server/bounds.ts'
import { sendFailure } from './reply.ts'

const { minutes, most } = bounds.guesses

/** Limits attempts by address, but for a tablet that proves itself: whoever floods from its school's address refuses it nothing. */
export const addressLimit = (tabletOf: (request: Request) => Promise<string | null>): RequestHandler =>
  rateLimit({
    windowMs: minutes * 60_000,
    limit: most,
    keyGenerator: async (request) => (await tabletOf(request)) ?? ipKeyGenerator(request.ip ?? ''),
    standardHeaders: false,
    legacyHeaders: false,
    // Who set TRUST_PROXY wrongly is told by docs/operations.md; the library's own console lines would name addresses.
    validate: false,
    handler: (_, response) => sendFailure(response, failure('too-many-attempts', { retryAfter: minutes * 60 })),
  })
