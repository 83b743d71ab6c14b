import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { isFromScript } from './own-request.ts'

const page = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['bowon'],
}

/** Argon2 is WebAssembly: only the worker that runs it may compile it, the page stays strict. */
const argon2Worker = { ...page, 'script-src': ["'self'", "'wasm-unsafe-eval'"] }

const withPolicy = (directives: typeof page) =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: false,
  })

const strict = withPolicy(page)
const strictWorker = withPolicy(argon2Worker)

const permissions = [
  'camera=(self)',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'display-capture',
    'geolocation',
    'gyroscope',
    'magnetometer',
  ].map((name) => `${name}=()`),
  ...['microphone', 'midi', 'payment', 'usb', 'serial', 'hid', 'xr-spatial-tracking'].map((name) => `${name}=()`),
].join(', ')

const year = 31_536_000

/** An answer of the API is no page: nothing may come of it whatever it holds. */
const apiHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** The headers of every answer (docs/security.md). */
export const securityHeaders: RequestHandler = (request, response, next) => {
  if (request.path.startsWith('/api/')) {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (!isFromScript(request)) for (const [name, value] of Object.entries(apiHeaders)) response.setHeader(name, value)
    if (request.secure) response.setHeader('Strict-Transport-Security', `max-age=${year}; includeSubDomains`)
    next()
    return
  }
  response.setHeader('Permissions-Policy', permissions)
  if (request.secure) response.setHeader('Strict-Transport-Security', `max-age=${year}; includeSubDomains`)
  const policy = /^\/assets\/[^/]*argon2[^/]*\.js$/.test(request.path) ? strictWorker : strict
  policy(request, response, next)
}
