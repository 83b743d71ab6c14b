/**
 * Who may import whom: the one table that the check and CONTRIBUTING.md read. A folder may import itself and what its row names;
 * packages are free unless `packages` narrows them. Test files are outside the walls.
 */
export interface Layer {
  readonly folder: string
  readonly mayImport: readonly string[]
  /** When given, the only npm and node packages allowed. */
  readonly packages?: readonly string[]
  readonly why: string
}

const domainPackages = ['zod/mini', '@noble/hashes', '@zxcvbn-ts/language-common']
const domain = ['domain']
const slice = ['domain', 'src/ui', 'src/i18n', 'src/store', 'src/capture', 'src/session', 'src/vault']

export const layers: readonly Layer[] = [
  { folder: 'domain/kernel', mayImport: [], packages: domainPackages, why: 'values and bytes; knows no record' },
  {
    folder: 'domain/fields',
    mayImport: ['domain/kernel'],
    packages: domainPackages,
    why: 'one file per type of answer',
  },
  {
    folder: 'domain/records',
    mayImport: ['domain/kernel', 'domain/fields', 'domain/record-kind', 'domain/authority/permission'],
    packages: domainPackages,
    why: 'declarations, data only',
  },
  {
    folder: 'domain',
    mayImport: domain,
    packages: domainPackages,
    why: 'what both sides agree on; no clock, randomness, network, DOM or Node',
  },
  { folder: 'src/i18n', mayImport: domain, why: 'words, Thai and English' },
  { folder: 'src/ui', mayImport: ['domain/kernel', 'src/i18n'], why: 'looks and gestures; knows no record' },
  { folder: 'src/store', mayImport: domain, why: 'the tablet’s journal, database, outbox' },
  { folder: 'src/sync', mayImport: ['domain', 'src/store'], why: 'exchange with the server; knows no screen' },
  { folder: 'src/vault', mayImport: ['domain', 'src/store'], why: 'keys and sealing' },
  {
    folder: 'src/session',
    mayImport: ['domain', 'src/store', 'src/sync', 'src/vault', 'src/i18n'],
    why: 'who is signed in, and what this tablet may ask the server',
  },
  {
    folder: 'src/capture',
    mayImport: ['domain', 'src/ui', 'src/i18n', 'src/store', 'src/session'],
    why: 'forms, drafts, saving',
  },
  { folder: 'src/training', mayImport: slice, why: 'slice' },
  { folder: 'src/activity', mayImport: slice, why: 'slice' },
  { folder: 'src/complaint', mayImport: slice, why: 'slice' },
  { folder: 'src/desk', mayImport: slice, why: 'slice' },
  { folder: 'src/review', mayImport: slice, why: 'slice' },
  { folder: 'src/admin', mayImport: slice, why: 'slice' },
  {
    folder: 'src/app',
    mayImport: [
      ...slice,
      'src/sync',
      'src/training',
      'src/activity',
      'src/complaint',
      'src/desk',
      'src/review',
      'src/admin',
    ],
    why: 'shell and routes',
  },
  { folder: 'src', mayImport: ['src', 'domain'], why: 'main.tsx: the only file that knows every folder' },
  { folder: 'sync-server/db', mayImport: domain, why: 'both databases behind one port' },
  { folder: 'sync-server/log', mayImport: ['domain', 'sync-server/db'], why: 'append, fold, read, receipts' },
  {
    folder: 'sync-server/people',
    mayImport: [
      'domain',
      'sync-server/bounds',
      'sync-server/db',
      'sync-server/log',
      'sync-server/endpoint',
      'sync-server/province',
    ],
    why: 'accounts, sessions, devices',
  },
  { folder: 'sync-server', mayImport: ['sync-server', 'domain'], why: 'main, service and what stands on the log' },
  { folder: 'bench', mayImport: ['domain', 'sync-server', 'test', 'src'], why: 'measures both sides' },
]

/** The layer of a file: the longest folder that contains it (or is its module). */
export const layerOf = (file: string): Layer | undefined =>
  layers.filter(({ folder }) => file.startsWith(`${folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0]
