import type { Request } from 'express'

/**
 * Sent by our own script, by a header that no navigation, form or element can send: its answer is never shown as a page, so what browsers are told of
 * pages need not go with it. A bad line carries every word each time.
 */
export const isFromScript = (request: Request): boolean => request.get('Bowon-Request') === '1'

/**
 * Whether a request that alters something comes from our own page: a header that no form can send, and an origin that is ours. Cookies are
 * SameSite=Strict besides.
 */
export const isOwnRequest = (request: Request, publicUrl: URL): boolean => {
  if (!isFromScript(request)) return false
  const site = request.get('Sec-Fetch-Site')
  if (site !== undefined && site !== 'same-origin') return false
  const origin = request.get('Origin')
  if (origin === undefined) return true
  if (origin === publicUrl.origin) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}
