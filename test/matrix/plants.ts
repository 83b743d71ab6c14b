import type { Planted } from '#test/simulation/plants.ts'

const judge = 'sync-server/log/authorize.ts'
const required = 'domain/authority/required.ts'

/** Mistakes that somebody could make where a line is judged. The matrix must meet each. */
export const plants: readonly Planted[] = [
  {
    name: 'any-signature-is-taken-for-the-author’s',
    file: judge,
    find: 'if (person !== author || device !== ledger.device)',
    replace: 'if (device !== ledger.device)',
  },
  {
    name: 'a-key-counts-on-every-tablet',
    file: judge,
    find: 'if (person !== author || device !== ledger.device)',
    replace: 'if (person !== author)',
  },
  {
    name: 'a-signature-is-not-looked-at',
    file: 'sync-server/log/sent.ts',
    find: "? 'true' : 'false'",
    replace: "? 'true' : 'true'",
  },
  {
    name: 'a-key-that-was-cut-goes-on',
    file: judge,
    find: "if (cut) return failure('needs-the-person', { detail: 'cut' })",
    replace: "if (cut && endedAt === undefined) return failure('needs-the-person', { detail: 'cut' })",
  },
  {
    name: 'guarded-roles-capture-on-the-tablet’s-word',
    file: judge,
    find: 'if (needsPerson || isGuarded(standing))',
    replace: 'if (needsPerson)',
  },
  {
    name: 'whoever-has-signed-out-is-still-there',
    file: judge,
    find: 'leftAt !== undefined && (leftAt === null || n <= leftAt)',
    replace: 'leftAt !== undefined && n > 0',
  },
  {
    name: 'one-right-makes-up-for-another',
    file: judge,
    find: 'if (needed.some(({ roles }) => !hasRole(standing, ...roles)))',
    replace: 'if (needed.every(({ roles }) => !hasRole(standing, ...roles)))',
  },
  {
    name: 'only-the-new-place-is-asked',
    file: judge,
    find: 'new Set([placement.scope, before?.placement.scope ?? placement.scope])',
    replace: 'new Set([placement.scope])',
  },
  {
    name: 'a-cleared-field-needs-no-right',
    file: required,
    find: "    if (field === 'withdrawn') needed.add(rules.withdraw)\n",
    replace: "    if (value === null) continue\n    if (field === 'withdrawn') needed.add(rules.withdraw)\n",
  },
  {
    name: 'an-entry-that-is-struck-out-is-not-rewritten',
    file: required,
    find: '      if (!known || open.includes(part)) added = true\n',
    replace: "      if (!known || part === 'on' || open.includes(part)) added = true\n",
  },
  {
    name: 'whom-a-tablet-does-not-admit-signs-there',
    file: judge,
    find: "  if (!isAdmitted(standing, rights)) return failure('not-admitted')\n",
    replace: '',
  },
  {
    name: 'a-tablet-that-nobody-enrolled-admits-everybody',
    file: judge,
    find: '  if (!isAdmitted(standing, rights)) return',
    replace: '  if (rights !== unenrolled && !isAdmitted(standing, rights)) return',
  },
  {
    name: 'a-restored-server-doubts-nobody',
    file: judge,
    find: 'needsPerson && mustWaitForReview(',
    replace: 'needsPerson && doubt === undefined && mustWaitForReview(',
  },
  {
    name: 'a-tablet-binds-only-the-new-place',
    file: judge,
    find: 'const scopes = [placement.scope, before?.placement.scope ?? placement.scope]',
    replace: 'const scopes = [placement.scope]',
  },
]
