/**
 * Every way in which Bowon can refuse, in one table. `status` is the HTTP status when a server says it; `retry` tells a
 * client whether the same request may succeed later without anybody doing anything. The sentence for people is in
 * i18n under `failure.<code>`, in both languages.
 */
export const failures = {
  // the request as a whole
  'malformed-request': { status: 400, retry: false },
  'not-signed-in': { status: 401, retry: false },
  'wrong-credentials': { status: 401, retry: false },
  'unknown-device': { status: 401, retry: false },
  'password-must-change': { status: 403, retry: false },
  'not-permitted': { status: 403, retry: false },
  'not-enrolled': { status: 403, retry: false },
  'not-admitted': { status: 403, retry: false },
  'in-doubt': { status: 403, retry: false },
  'wrong-enrolment-code': { status: 403, retry: false },
  'wrong-console-code': { status: 403, retry: false },
  'password-not-fresh': { status: 403, retry: false },
  'wrong-set-up-code': { status: 403, retry: false },
  'not-found': { status: 404, retry: false },
  'already-set-up': { status: 409, retry: false },
  'not-set-up': { status: 409, retry: false },
  'name-taken': { status: 409, retry: false },
  'unknown-head': { status: 409, retry: true },
  'split-server': { status: 409, retry: true },
  'too-large': { status: 413, retry: false },
  'unsupported-protocol': { status: 426, retry: false },
  'password-too-weak': { status: 422, retry: false },
  'unreadable-bundle': { status: 422, retry: false },
  'invalid-field': { status: 422, retry: false },
  'too-many-attempts': { status: 429, retry: true },
  'server-fault': { status: 500, retry: true },
  'storage-full': { status: 507, retry: true },
  unavailable: { status: 503, retry: true },
  // one change of a batch, held back by the server (law 6)
  'malformed-change': { status: 422, retry: false },
  'unknown-kind': { status: 422, retry: false },
  'invalid-value': { status: 422, retry: false },
  'missing-field': { status: 422, retry: false },
  'kind-mismatch': { status: 422, retry: false },
  'unknown-author': { status: 422, retry: false },
  'not-signed-in-here': { status: 403, retry: false },
  'cut-off': { status: 403, retry: false },
  'not-the-author': { status: 403, retry: false },
  'needs-the-person': { status: 403, retry: false },
  forged: { status: 403, retry: false },
  'not-put-to-you': { status: 403, retry: false },
  'changed-meanwhile': { status: 409, retry: false },
  'last-administrator': { status: 409, retry: false },
  'role-may-not-write': { status: 403, retry: false },
  'place-not-yours': { status: 403, retry: false },
  'place-not-of-this-tablet': { status: 403, retry: false },
  'forked-device': { status: 409, retry: false },
  'waits-for-held': { status: 409, retry: false },
  // the tablet itself; no server ever says these
  locked: { status: 403, retry: false },
  'key-stopped': { status: 503, retry: true },
  'tablet-full': { status: 507, retry: false },
  'tablet-storage': { status: 500, retry: true },
  'app-outdated': { status: 426, retry: false },
} as const satisfies Record<string, { status: number; retry: boolean }>

export type FailureCode = keyof typeof failures

/** A failure as plain data: what is known, and where. `field` names the input to blame; `detail` is never personal data. */
export interface Failure {
  readonly code: FailureCode
  readonly field?: string
  readonly detail?: string
  /** Seconds after which a retry makes sense, where the server knows. */
  readonly retryAfter?: number
}

export const failure = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Failure => ({ code, ...more })

export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failures, code)

/** Reasons that are about who wrote a change or from where, not about what it says: somebody has to prove or allow it. */
const ofProof: ReadonlySet<string> = new Set<FailureCode>([
  'unknown-author',
  'not-signed-in-here',
  'not-the-author',
  'not-put-to-you',
  'needs-the-person',
  'changed-meanwhile',
  'cut-off',
  'forged',
  'not-admitted',
  'in-doubt',
  'place-not-of-this-tablet',
])

export const isOfProof = (code: string): boolean => ofProof.has(code)
