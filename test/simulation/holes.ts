import type { Planted } from './plants.ts'

const judge = 'sync-server/log/authorize.ts'

/** Holes that would let somebody do what they may not: the thief of each history must find them (thief.ts). */
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
]
