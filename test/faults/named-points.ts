/** A place in the shipped program, by its text, and the same text with a death or a mistake in it. */
export interface Point {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** Where a server dies in the middle of a push. */
export const pushPoints: readonly Point[] = [
  {
    name: 'before the transaction',
    file: 'sync-server/log/exchange.ts',
    find: '  const done =\n    sent.length > 0',
    replace: '  if (sent.length > 0) dieInTime()\n  const done =\n    sent.length > 0',
  },
  {
    name: 'in the transaction, after the rows of the log',
    file: 'sync-server/log/flush.ts',
    find: '  await tx.hot.insertChanges(ledger.added)\n',
    replace: '  await tx.hot.insertChanges(ledger.added)\n  if (ledger.added.length > 0) dieInTime()\n',
  },
  {
    name: 'in the transaction, before the commit',
    file: 'sync-server/log/exchange.ts',
    find: 'append(tx, { province, device, now, shown }, sent))',
    replace: 'append(tx, { province, device, now, shown }, sent).then((done) => (dieInTime(), done)))',
  },
  {
    name: 'after the commit, before the answer',
    file: 'sync-server/log/exchange.ts',
    find: '  const lastN = done?.lastN',
    replace: '  if (done) dieInTime()\n  const lastN = done?.lastN',
  },
  {
    name: 'during the answer',
    file: 'sync-server/http/reply.ts',
    find: '  response.end(packed)\n',
    replace:
      '  if (!isTime()) return void response.end(packed)\n  response.write(packed.subarray(0, packed.length >> 1), dieNow)\n',
  },
]

/** Where `npm run backup` dies. */
export const backupPoints: readonly Point[] = [
  {
    name: 'while the backup is written',
    file: 'sync-server/operations/backup/take.ts',
    find: '      rows[name] += some.length\n',
    replace: '      rows[name] += some.length\n      dieInTime()\n',
  },
  {
    name: 'between writing the backup and giving it its name',
    file: 'sync-server/operations/backup/take.ts',
    find: '    await rename(part, file)\n',
    replace: '    dieInTime()\n    await rename(part, file)\n',
  },
  {
    name: 'after its name, before the province knows how far it is covered',
    file: 'sync-server/operations/backup/take.ts',
    find: '    await rename(part, file)\n',
    replace: '    await rename(part, file)\n    dieInTime()\n',
  },
]

/** Where a program dies that brings the tables up to date: at any statement. */
export const anyStatement: Point = {
  name: 'at any statement',
  file: 'sync-server/db/sqlite.ts',
  find: '      const statement = prepare(sql)\n',
  replace: '      dieInTime()\n      const statement = prepare(sql)\n',
}

/** No death but a mistake: the database confirms before it has flushed. A test of flushing must fail with it. */
export const unflushed: Point = {
  name: 'without flushing',
  file: 'sync-server/db/sqlite.ts',
  find: '  assertFlushes(writing)\n',
  replace: "  writing.exec('pragma synchronous = off')\n",
}

/** The environment in which a program is altered so; a death comes when it passes there for the `after`-th time. */
export const environmentFor = ({ name }: Point, after = 1) => ({
  NODE_OPTIONS: `--import=${new URL('points.ts', import.meta.url).href}`,
  POINT: name,
  POINT_AFTER: String(after),
})

export const points: readonly Point[] = [...pushPoints, ...backupPoints, anyStatement, unflushed]
