import { type Failure, failure, isFailureCode } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'

export type Answer<T> = Promise<Result<T, Failure>>

export interface Api {
  get<T>(path: string): Answer<T>
  post<T>(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Answer<T>
}

const patience = 20_000
const renewing = '/api/session/'

/**
 * The server's JSON routes. Everything that can go wrong comes back as a failure: no network and a portal's HTML page are both
 * `unavailable`. `person` names who acts, because several people may be signed in on a shared tablet.
 */
export const createApi = (
  fetching: typeof fetch,
  person: () => string | null,
  /** Makes the server hear somebody again whom it has not heard of for long; false when it does not. */
  renew: () => Promise<boolean> = async () => false,
): Api => {
  /** A person whose key is open here has not left: the server is shown so, and asked once more. */
  const ask = async <T>(path: string, init: RequestInit): Answer<T> => {
    const answer = await askOnce<T>(path, init)
    if (answer.ok || answer.failure.code !== 'not-signed-in' || path.startsWith(renewing)) return answer
    return (await renew()) ? askOnce<T>(path, init) : answer
  }
  const askOnce = async <T>(path: string, init: RequestInit): Answer<T> => {
    const acting = person()
    const headers = { 'Bowon-Request': '1', ...(acting && { 'Bowon-Person': acting }), ...(init.headers as object) }
    try {
      const response = await fetching(path, {
        ...init,
        headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(patience),
      })
      if (response.status === 204) return ok(undefined as T)
      const body = (await response.json()) as { failure?: Failure }
      if (response.ok) return ok(body as T)
      return fail(body.failure && isFailureCode(body.failure.code) ? body.failure : failure('server-fault'))
    } catch {
      return fail(failure('unavailable'))
    }
  }
  return {
    get: (path) => ask(path, {}),
    post: (path, body, headers) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
  }
}
