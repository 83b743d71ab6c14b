import type { Database } from '#server/db/schema.ts'

/** A table in a backup: its columns, and the key by which it is read in pages. */
export interface BackupTable {
  readonly name: keyof Database
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

type Columns<T extends keyof Database> = readonly (keyof Database[T] & string)[]

const table = <T extends keyof Database>(name: T, key: Columns<T>, rest: Columns<T>): BackupTable => ({
  name,
  key,
  columns: [...key, ...rest],
})

/**
 * Everything that cannot be worked out again, in the order in which it is restored. Of folded records only where they stand: their content
 * is folded from the log. Browsers' sign-ins are left out: people sign in again.
 */
export const backupTables: readonly BackupTable[] = [
  table('provinces', ['id'], ['name', 'sample', 'seq', 'chain', 'epoch', 'backup_seq', 'id_key', 'created_at']),
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
  table('records', ['province', 'id'], ['kind', 'seq', 'scope', 'parent', 'whole_from', 'place', 'day']),
  table('departures', ['province', 'seq', 'record'], ['scope']),
  table(
    'devices',
    ['province', 'id'],
    ['name', 'credential', 'last_n', 'last_stamp', 'created_at', 'seen_at', 'revoked_at', 'follows'],
  ),
  table('deliveries', ['province', 'device', 'n'], ['carrier', 'delivered_at']),
  table('device_people', ['province', 'device', 'staff'], ['proven_at', 'left_n']),
  table(
    'accounts',
    ['province', 'staff'],
    ['username', 'password', 'must_change', 'disabled', 'failures', 'next_attempt_at', 'created_at'],
  ),
  table('reaches', ['province', 'staff', 'version'], ['reach', 'since_seq']),
  table('keys', ['province', 'id'], ['purpose', 'public', 'wrapped', 'endorsed_by', 'endorsement', 'created_at']),
  table('desk_lists', ['province', 'number'], ['list', 'signature', 'created_at']),
  table('desk_keys', ['province', 'staff'], ['recipient', 'wrapped', 'created_at']),
  table('access_log', ['province', 'seq'], ['at', 'staff', 'device', 'act', 'subject', 'chain']),
  table('settings', ['province', 'name'], ['value']),
]
