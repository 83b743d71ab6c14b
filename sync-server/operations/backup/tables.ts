import type { Database } from '#server/db/schema.ts'

/** A table in a backup: its columns, and the key by which it is read in pages. */
export interface BackupTable {
  readonly name: keyof Database
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

type Column<T extends keyof Database> = keyof Database[T] & string

/** With `rest` and what is worked out again (`folded`) every column is named: one that is forgotten does not type-check. */
const table = <T extends keyof Database, K extends Column<T>, R extends Column<T>, F extends Column<T> = never>(
  name: T,
  key: readonly K[],
  rest: Exclude<Column<T>, K | R | F> extends never ? readonly R[] : Exclude<Column<T>, K | R | F>,
  _folded?: readonly F[],
): BackupTable => ({ name, key, columns: [...key, ...(rest as readonly R[])] })

/**
 * Everything that cannot be worked out again, in the order in which it is restored. Of folded records only where they stand: their content
 * is folded from the log. Browsers' sign-ins are left out: people sign in again.
 */
export const backupTables: readonly BackupTable[] = [
  table(
    'provinces',
    ['id'],
    ['name', 'sample', 'seq', 'chain', 'epoch', 'backup_seq', 'id_key', 'created_at', 'doubt'],
  ),
  table('epochs', ['province', 'epoch'], ['ordinal', 'begins_after', 'begun_at']),
  table(
    'changes',
    ['province', 'seq'],
    ['device', 'n', 'digest', 'chain', 'stamp', 'base', 'received_at', 'proven', 'record', 'line', 'proof'],
  ),
  table(
    'held',
    ['province', 'device', 'n', 'digest'],
    [
      'record',
      'author',
      'code',
      'field',
      'detail',
      'received_at',
      'state',
      'settled_at',
      'settled_seq',
      'line',
      'proof',
      'shown',
    ],
  ),
  table('records', ['province', 'id'], ['kind', 'seq', 'scope', 'parent', 'whole_from', 'place', 'day'], ['body']),
  table('departures', ['province', 'seq', 'record'], ['scope']),
  table(
    'devices',
    ['province', 'id'],
    ['name', 'credential', 'last_n', 'last_stamp', 'created_at', 'seen_at', 'revoked_at', 'follows', 'tablet'],
  ),
  table('deliveries', ['province', 'device', 'n'], ['carrier', 'delivered_at']),
  table('device_people', ['province', 'device', 'staff'], ['proven_at', 'left_n']),
  table(
    'accounts',
    ['province', 'staff'],
    ['username', 'password', 'must_change', 'weak', 'disabled', 'failures', 'next_attempt_at', 'created_at'],
  ),
  table('tablet_attempts', ['province', 'staff', 'device'], ['failures', 'next_attempt_at']),
  table('reaches', ['province', 'staff', 'version'], ['reach', 'since_seq']),
  table('keys', ['province', 'id'], ['purpose', 'public', 'wrapped', 'endorsed_by', 'endorsement', 'created_at']),
  table('desk_lists', ['province', 'number'], ['list', 'signature', 'created_at']),
  table('desk_keys', ['province', 'staff', 'version'], ['recipient', 'signer', 'wrapped', 'created_at']),
  table('desk_proposals', ['province', 'staff'], ['list', 'signatures', 'created_at']),
  table('access_log', ['province', 'seq'], ['at', 'staff', 'device', 'act', 'subject', 'chain']),
  table('settings', ['province', 'name'], ['value']),
]
