import type { Planted } from './plants.ts'

const judge = 'sync-server/log/authorize.ts'

/** Holes that would let somebody do what they may not (thief.ts), or hold for good what somebody honest has written (release.ts). */
export const holes: readonly Planted[] = [
  {
    name: 'guarded-roles-count-unsigned',
    file: judge,
    find: "if (needsPerson || isGuarded(standing)) return failure('needs-the-person')",
    replace: "if (needsPerson && !isGuarded(standing)) return failure('needs-the-person')",
  },
  {
    name: 'whoever-is-named-is-there',
    file: judge,
    find: "return isSignedInHere(ledger, author, n) ? null : failure('not-signed-in-here')",
    replace: 'return isSignedInHere(ledger, author, n) ? null : null',
  },
  {
    name: 'any-signature-is-true',
    file: 'sync-server/log/sent.ts',
    find: "? 'true' : 'false'",
    replace: "? 'true' : 'true'",
  },
  {
    name: 'a-key-speaks-for-everybody',
    file: judge,
    find: "  if (proof.verdict === 'false') return failure('forged')\n",
    replace: "  if (proof.verdict === 'false') return null\n",
  },
  {
    name: 'no-place-is-asked',
    file: judge,
    find: "placeIsTheirs(kind, standing, scope)) ? null : failure('place-not-yours')",
    replace: 'placeIsTheirs(kind, standing, scope)) ? null : null',
  },
  {
    name: 'an-unproven-head-begins-an-epoch',
    file: 'sync-server/log/unknown-head.ts',
    find: 'const detail = wentBack && isProven ?',
    replace: 'const detail = wentBack ?',
  },
  {
    name: 'a-revoked-tablet-goes-on',
    file: 'sync-server/log/cut-off.ts',
    find: '  if (!ledger.isRevoked) return',
    replace: '  if (ledger.now > 0) return',
  },
  {
    name: 'anybody-drops-what-is-held',
    file: 'sync-server/log/judge.ts',
    find: "      return failure('not-the-author')\n",
    replace: '      continue\n',
  },
  {
    name: 'anybody-writes-a-key',
    file: 'domain/records/key.ts',
    find: 'write: always(signature()),',
    replace: "write: always({ roles: ['officer'], evidence: 'tablet' }),",
  },
  {
    name: 'an-officer-gives-rights',
    file: 'domain/records/staff.ts',
    find: "...always(signature('administrator'))",
    replace: "...always({ roles: ['officer', 'administrator'], evidence: 'tablet' })",
  },
  {
    name: 'an-officer-enrols-tablets',
    file: 'domain/records/tablet.ts',
    find: "...always(signature('administrator'))",
    replace: "...always({ roles: ['officer', 'administrator'], evidence: 'tablet' })",
  },
  {
    name: 'an-officer-asks-questions',
    file: 'domain/records/question.ts',
    find: "...always(signature('supervisor'))",
    replace: "...always({ roles: ['officer', 'supervisor'], evidence: 'tablet' })",
  },
  {
    name: 'the-credential-in-the-seal-is-not-asked',
    file: 'sync-server/courier/deliver.ts',
    find: "if (!origin) return refuse('unreadable-bundle', { detail: 'device' })",
    replace: '',
  },
  {
    name: 'the-head-in-the-seal-counts-as-it-says',
    file: 'sync-server/courier/deliver.ts',
    find: 'const shown = head ? await whatStandsOf(store.db, province, head) : null',
    replace: 'const shown = head ?? null',
  },
  {
    name: 'a-bundle-of-another-province-counts',
    file: 'sync-server/courier/deliver.ts',
    find: 'if (bundle.province !== province.id)',
    replace: "if (bundle.province === '')",
  },
  {
    name: 'a-lost-head-counts-as-it-says',
    file: 'sync-server/log/exchange.ts',
    find: '    if (!counts) shown = null\n',
    replace: '    if (!counts && shown.seq < 0) shown = null\n',
  },
  {
    name: 'a-number-that-is-held-is-said-again',
    file: 'sync-server/log/run.ts',
    find: '(!same && numbered.length > 0)',
    replace: "(!same && book.rows.some((row) => row.n === n && row.state !== 'held'))",
  },
  {
    name: 'what-is-held-cannot-be-dropped',
    file: 'sync-server/log/settle-held.ts',
    find: "await letGo(run, await settle(ledger, run.book, n, 'dropped'))",
    replace: 'await letGo(run, new Set())',
  },
  {
    name: 'what-is-cut-off-is-taken-in-by-nobody',
    file: 'sync-server/log/take-in.ts',
    find: '  cutOff,\n',
    replace: '',
  },
  {
    name: 'an-author-cannot-drop-their-own',
    file: 'sync-server/log/judge.ts',
    find: 'if (author !== null && author !== change.author &&',
    replace: 'if (author !== null && isDrop(change) &&',
  },
  {
    name: 'what-was-dropped-comes-back',
    file: 'sync-server/log/run.ts',
    find: "if (same && same.state !== 'held') {",
    replace: "if (same && same.state === 'accepted') {",
  },
  {
    name: 'a-restored-server-trusts-everybody',
    file: judge,
    find: 'needsPerson && mustWaitForReview(',
    replace: 'needsPerson && doubt === undefined && mustWaitForReview(',
  },
]
