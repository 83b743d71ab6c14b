import type { Planted } from './plants.ts'

/** Bounds made so small that short histories meet them: pages, batches and segments end within a few changes. */
export const small: readonly Omit<Planted, 'name'>[] = [
  { file: 'domain/limits.ts', find: '  changes: 500,', replace: '  changes: 4,' },
  { file: 'domain/limits.ts', find: 'answerBytes: 700_000,', replace: 'answerBytes: 2_500,' },
  { file: 'domain/limits.ts', find: 'answerBytesWhileSending: 16_000,', replace: 'answerBytesWhileSending: 900,' },
  { file: 'src/store/segments.ts', find: 'const rotateAt = 4_000_000', replace: 'const rotateAt = 1_200' },
]

/** A cheap seal in the place of Ed25519, whose time would be a tenth of a history; the tablet's `verify` is its other half. */
export const quickSeal: readonly Omit<Planted, 'name'>[] = [
  {
    file: 'sync-server/log/receipts.ts',
    find: "sign(null, Buffer.from(text), key.private).toString('base64url')",
    replace: "createHash('sha256').update(key.public).update(text).digest('base64url')",
  },
  {
    file: 'sync-server/log/receipts.ts',
    find: "verify(null, Buffer.from(receiptText(receipt)), key, Buffer.from(signature, 'base64url'))",
    replace:
      "key !== undefined && createHash('sha256').update(publicKey).update(receiptText(receipt)).digest('base64url') === signature",
  },
]

/** What a later version of the program declares and this one does not know (law 9): a kind, and fields of a known kind. */
export const later: readonly Omit<Planted, 'name'>[] = [
  {
    file: 'domain/records/index.ts',
    find: '  curriculum,\n] as const',
    replace: `  curriculum,
  { ...activity, kind: 'visit', fields: { ...activity.fields } },
] as const`,
  },
  {
    file: 'domain/records/activity.ts',
    find: '    outcome: narrative({ max: 8000 }),',
    replace: `    outcome: narrative({ max: 8000 }),
    weather: text({ max: 100 }),
    songs: tags('song'),`,
  },
]
