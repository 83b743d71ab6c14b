/** A bug to be planted into the shipped code: a text of a file and what stands in its place. */
export interface Planted {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

/** The text must stand in the file exactly once, or the bug would not be where the table says. */
export const altered = (source: string, { file, find, replace }: Omit<Planted, 'name'>): string => {
  const parts = source.split(find)
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${find}`)
  return parts.join(replace)
}

/** Each is a mistake that somebody could make, and each must be caught. */
export const plants: readonly Planted[] = [
  {
    name: 'saved-before-it-is-flushed',
    file: 'src/store/save.ts',
    find: '      await journal(core, signed)\n',
    replace: '      if (core.journal) resolve(ok(saved))\n      await journal(core, signed)\n',
  },
  {
    name: 'journal-is-not-replayed',
    file: 'src/store/start.ts',
    find: '!have.has(n))',
    replace: 'n < 0 && !have.has(n))',
  },
  {
    name: 'a-draft-is-saved-twice',
    file: 'src/store/save.ts',
    find: 'if (again && saysTheSame(again, edit)) return',
    replace: 'if (again && edit.key === undefined) return',
  },
  {
    name: 'an-altered-draft-is-the-same-change',
    file: 'src/store/save.ts',
    find: 'if (again && saysTheSame(again, edit)) return',
    replace: 'if (again) return',
  },
  {
    name: 'what-a-draft-has-become-goes-before-it',
    file: 'src/store/prune.ts',
    find: "drafted.has(over.get(n)?.key ?? '')",
    replace: "drafted.has(over.get(n)?.record ?? '')",
  },
  {
    name: 'any-receipt-is-believed',
    file: 'src/sync/verify.ts',
    find: 'if (!(await verify(publicKey, signature, utf8ToBytes(receiptText(receipt))))) return false',
    replace: 'if (!verify || !receiptText(receipt)) return false',
  },
  {
    name: 'acknowledged-changes-are-let-go-at-once',
    file: 'src/store/answer.ts',
    find: '      await database.acked.bulkPut(acked)\n',
    replace: '',
  },
  {
    name: 'held-changes-vanish',
    file: 'src/store/answer.ts',
    find: '      await database.held.bulkPut(held)\n',
    replace: '',
  },
  {
    name: 'held-changes-are-not-offered-again',
    file: 'src/store/answer.ts',
    find: 'Promise.all([database.acked.toArray(), database.held.toArray()])',
    replace: 'Promise.all([database.acked.toArray()])',
  },
  {
    name: 'a-restored-server-is-not-noticed',
    file: 'sync-server/log/epochs.ts',
    find: 'return row?.chain === head.chain',
    replace: 'return row === undefined || row.chain === head.chain',
  },
  {
    name: 'an-old-file-copied-back-begins-no-epoch',
    file: 'sync-server/log/unknown-head.ts',
    find: 'const wentBack = head.epoch === present',
    replace: 'const wentBack = head.epoch === present && head.seq < 0',
  },
  {
    name: 'let-go-before-a-backup-covers-it',
    file: 'src/store/prune.ts',
    find: 'const upTo = Math.min(backup.seq, head.seq - 1)',
    replace: 'const upTo = head.seq - 1',
  },
  {
    name: 'let-go-before-its-days-are-over',
    file: 'src/store/prune.ts',
    find: 'row.epoch === backup.epoch && row.until <= memory.seen',
    replace: 'row.epoch === backup.epoch && row.until > memory.seen - 1e12',
  },
  {
    name: 'news-overwrites-what-waits',
    file: 'src/store/record-answer.ts',
    find: 'const { gone: _, numbered: __, ...kept } = body',
    replace: 'const { gone: _, numbered: __, ...kept } = { ...body, pending: [] }',
  },
  {
    name: 'what-left-stays',
    file: 'src/store/answer.ts',
    find: 'return gone.has(id) && !fresh ?',
    replace: 'return gone.has(id) && fresh ?',
  },
  {
    name: 'what-left-takes-what-waits-along',
    file: 'src/store/rows.ts',
    find: '(after.gone && after.pending.length === 0)',
    replace: 'after.gone',
  },
  {
    name: 'a-dropped-record-leaves-a-ghost',
    file: 'src/store/rows.ts',
    find: 'after === null || isNothing(after) ||',
    replace: 'after === null || (isNothing(after) && after.held.length > 0) ||',
  },
  {
    name: 'a-colleague-forgets-what-they-could-read',
    file: 'src/store/answer.ts',
    find: 'await database.held.bulkPut(held)\n      await database.meta.bulkPut(others)',
    replace: 'await database.held.bulkPut(held)\n      await database.meta.bulkDelete(others.map(({ key }) => key))',
  },
  {
    name: 'two-people-share-a-cursor',
    file: 'src/store/cursor-key.ts',
    find: '`cursor:',
    replace: '`cursor:all` || `',
  },
  {
    name: 'a-log-that-takes-in-another-begins-no-epoch',
    file: 'sync-server/log/siblings.ts',
    find: 'await beginAfterMerger(tx, { province, now })',
    replace: 'if (now < 0) await beginAfterMerger(tx, { province, now })',
  },
  {
    name: 'a-lost-head-is-not-looked-at',
    file: 'sync-server/log/exchange.ts',
    find: 'let shown = header.head ?? header.lost',
    replace: 'let shown = header.head',
  },
  {
    name: 'a-lost-head-comes-without-its-receipt',
    file: 'src/sync/round.ts',
    find: '(isProven || sender.former || !head) &&',
    replace: 'isProven &&',
  },
  {
    name: 'a-base-of-an-earlier-epoch-counts-here',
    file: 'src/store/record-answer.ts',
    find: '...(given.sawNothing && { base: 0 }),',
    replace: '...(given.sawNothing && given.seq < 0 && { base: 0 }),',
  },
  {
    name: 'what-is-held-over-a-restore-has-seen-the-new-log',
    file: 'src/store/record-body.ts',
    find: '(epoch === here ? write : { ...write, base: 0 })',
    replace: '(epoch.length > 0 || here ? write : { ...write, base: 0 })',
  },
  {
    name: 'a-retry-sends-other-bytes',
    file: 'src/sync/round.ts',
    find: 'sentLine(lines.get(n)!)',
    replace: `lines.get(n)!.line.replace(/"seen":\\d+/, '"seen":' + ports.now())`,
  },
  {
    name: 'a-revoked-tablet-forgets-too-soon',
    file: 'src/sync/until-quiet.ts',
    find: "      if (outcome.state === 'quiet') {",
    replace: `      if (revoked) {
        await store.core.journal.erase()
        await store.core.database.outbox.clear()
        await store.wipe()
      }
      if (outcome.state === 'quiet') {`,
  },
  {
    name: 'a-wall-clock-times-the-pauses',
    file: 'src/sync/sync.ts',
    find: '      now: ports.monotonic,\n',
    replace: '      now: ports.now,\n',
  },
  {
    name: 'an-erased-tablet-is-a-new-one',
    file: 'src/store/start.ts',
    find: 'identity: inJournal ?? inDatabase ?? newIdentity(ports.random)',
    replace: 'identity: inDatabase ?? newIdentity(ports.random)',
  },
  {
    name: 'a-conflict-is-settled-by-the-clock',
    file: 'domain/merge.ts',
    find: 'else if (hadSeen(b, a)) left = withField(left, field, undefined)\n    } else if',
    replace: 'else left = withField(left, field, undefined)\n    } else if',
  },
  {
    name: 'the-last-number-seen-was-not-seen',
    file: 'domain/merge.ts',
    find: 'earlier.seq <= later.base ||',
    replace: 'earlier.seq < later.base ||',
  },
  {
    name: 'a-keyed-entry-is-replaced-whole',
    file: 'domain/field-set.ts',
    find: 'if (isEmpty(rest)) delete left[key]',
    replace: 'if (isEmpty(rest) || key !== "") delete left[key]',
  },
  {
    name: 'a-wrong-clock-wins',
    file: 'domain/stamp.ts',
    find: 'Math.min(Math.max(at, seen), receivedAt)',
    replace: 'Math.max(at, seen)',
  },
  {
    name: 'a-number-of-a-lost-log-counts-as-seen',
    file: 'sync-server/log/epochs.ts',
    find: 'Math.min(seq, later.begins_after)',
    replace: 'Math.max(seq, later.begins_after - later.begins_after)',
  },
  {
    name: 'what-leaves-a-place-is-not-told',
    file: 'sync-server/log/flush.ts',
    find: 'if (departures.length > 0)',
    replace: 'if (departures.length > 1000)',
  },
  {
    name: 'children-stay-behind',
    file: 'sync-server/log/flush.ts',
    find: '  await carryChildrenAlong(ledger)\n',
    replace: '  if (ledger.now < 0) await carryChildrenAlong(ledger)\n',
  },
  {
    name: 'what-is-written-between-two-moves-stays-there',
    file: 'sync-server/log/flush.ts',
    find: ' || here.has(entry.state.id)',
    replace: '',
  },
  {
    name: 'first-words-again-are-taken-for-a-twin',
    file: 'src/store/twins.ts',
    find: '.find((other) => other.entry.key === key)',
    replace: '.find((other) => other.entry.key === key && saysTheSame(other.change, change))',
  },
  {
    name: 'a-place-that-is-given-is-not-read-from-the-beginning',
    file: 'sync-server/log/read.ts',
    find: 'if (added.length > 0)',
    replace: 'if (added.length > 1000)',
  },
  {
    name: 'a-device-never-hears-what-its-change-met',
    file: 'sync-server/log/read.ts',
    find: '!mine.isRetold && mine.before <= known && (mine.before === 0 || mine.wholeFrom <= known)',
    replace: '!mine.isRetold && (mine.before === 0 || mine.wholeFrom <= known)',
  },
  {
    name: 'a-retold-record-is-not-retold',
    file: 'sync-server/log/ledger.ts',
    find: 'isRetold: before?.isRetold === true || !isAsSaid(change.base, write.base, ledger.head.epoch),',
    replace: 'isRetold: false,',
  },
  {
    name: 'a-base-that-comes-to-the-same-number-is-not-retold',
    file: 'sync-server/log/ledger.ts',
    find: '(said === undefined || said.epoch === epoch)',
    replace: '(said === undefined || epoch.length > 0)',
  },
  {
    name: 'a-page-ends-between-records-of-one-number',
    file: 'sync-server/log/read.ts',
    find: 'end = { seq: row.seq, after: row.id, since: known }',
    replace: 'end = { seq: row.seq, since: known }',
  },
  {
    name: 'later-changes-overtake-a-held-one',
    file: 'sync-server/log/held.ts',
    find: 'return earlier.some(({ n }) => !mended.has(n))',
    replace: 'return earlier.some(({ n }) => !mended.has(n) && n < 0)',
  },
  {
    name: 'what-the-administrator-dropped-is-not-told',
    file: 'sync-server/log/settled.ts',
    find: ".where('held.settled_seq', '>=', since)",
    replace: ".where('held.settled_seq', '>', since)",
  },
  {
    name: 'a-resent-change-is-taken-for-new',
    file: 'sync-server/log/append.ts',
    find: 'const isFresh = (ns[0] ?? 0) > ledger.lastN',
    replace: 'const isFresh = (ns[0] ?? 0) >= ledger.lastN',
  },
  {
    name: 'unknown-fields-lose-their-siblings',
    file: 'domain/merge.ts',
    find: "?? 'ask'",
    replace: "?? 'latest'",
  },
  {
    name: 'what-had-to-wait-overrules-later-words',
    file: 'sync-server/log/own-words.ts',
    find: 'if (later.length === 0) return set',
    replace: 'if (later.length < 1000) return set',
  },
  {
    name: 'what-nobody-has-begun-becomes-a-record',
    file: 'sync-server/log/judge.ts',
    find: 'drafted.before === null)',
    replace: 'change.base === undefined)',
  },
  {
    name: 'what-is-begun-elsewhere-lets-nothing-go',
    file: 'sync-server/log/run.ts',
    find: 'for (const device of await devicesLacking(ledger, begun))',
    replace: 'for (const device of await devicesLacking(ledger, begun.slice(0, 0)))',
  },
  {
    name: 'what-came-before-its-parent-gains-its-place',
    file: 'sync-server/log/flush.ts',
    find: 'if (isNowhere(child.placement.scope) &&',
    replace: 'if (child.placement.scope === "" &&',
  },
]
