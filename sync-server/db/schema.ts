/**
 * The tables, the same on SQLite and PostgreSQL. Times are milliseconds since 1970, hashes are hex, bytes are base64url text:
 * types that mean the same in both databases. A province is the shard: every table that grows begins its key with it.
 */
export interface Database {
  provinces: ProvinceTable
  epochs: EpochTable
  changes: ChangeTable
  held: HeldTable
  records: RecordTable
  departures: DepartureTable
  devices: DeviceTable
  deliveries: DeliveryTable
  device_people: DevicePersonTable
  accounts: AccountTable
  tablet_attempts: TabletAttemptTable
  sessions: SessionTable
  session_people: SessionPersonTable
  reaches: ReachTable
  keys: KeyTable
  desk_lists: DeskListTable
  desk_keys: DeskKeyTable
  desk_proposals: DeskProposalTable
  access_log: AccessLogTable
  settings: SettingTable
}

export interface ProvinceTable {
  id: string
  name: string
  /** 1 for the province of sample data, which is marked on every screen. */
  sample: number
  /** Last number given, and the chain hash of its row. Locked by every push, so that numbers are given in commit order. */
  seq: number
  chain: string
  epoch: string
  /** A verified backup covers the log up to here. */
  backup_seq: number
  /** Key of derived ids (students), base64url. */
  id_key: string
  created_at: number
  /** JSON of a Doubt (log/doubt.ts), while there is one. */
  doubt: string | null
}

/** Renewed by a restore: numbers of `epoch` above the next one's `begins_after` are of a log that is no more. */
export interface EpochTable {
  province: string
  epoch: string
  ordinal: number
  begins_after: number
  begun_at: number
}

/** The log. `line` is the change exactly as the device sent it. */
export interface ChangeTable {
  province: string
  seq: number
  device: string
  n: number
  digest: string
  chain: string
  stamp: number
  /** Number of this log that the author had seen, worked out from the change's base. */
  base: number
  received_at: number
  /** 1 when a session has proven that the author was on that device. */
  proven: number
  record: string
  line: string
  /** `<key id>.<signature>` of its author, or `taken.<administrator>`; null where the tablet's word was enough. */
  proof: string | null
}

/** Changes kept back, each with its reason, until somebody mends or drops them. */
export interface HeldTable {
  province: string
  device: string
  n: number
  digest: string
  record: string | null
  author: string | null
  code: string
  field: string | null
  detail: string | null
  received_at: number
  /** 'held' | 'accepted' (it passed later) | 'mended' | 'dropped' */
  state: string
  /** When its state last changed. */
  settled_at: number | null
  /** Number of the log at that time, or when its reason last altered: a device whose head is below it has not learnt of it. */
  settled_seq: number | null
  line: string
  /** As it was sent: `<key id>.<signature>`, true or not. */
  proof: string | null
  /** Number of this log that the request which brought it showed: no base in it counts further. Null where a program of before has held it. */
  shown: number | null
}

/** Folded records: what a device pulls. `body` is the JSON of a RecordState. */
export interface RecordTable {
  province: string
  id: string
  kind: string
  /** Number at which readers meet it again: of its latest change, or of the change that moved its parent. */
  seq: number
  scope: string
  parent: string | null
  /** Number at which it entered its present scope: readers below it need the whole record. */
  whole_from: number
  place: string | null
  day: string | null
  body: string
}

/** A record left this scope at this number: readers of the scope are told that it is gone. */
export interface DepartureTable {
  province: string
  seq: number
  record: string
  scope: string
}

export interface DeviceTable {
  province: string
  id: string
  name: string
  /** SHA-256 (hex) of the upload credential. */
  credential: string
  last_n: number
  last_stamp: number
  created_at: number
  seen_at: number
  revoked_at: number | null
  /** The device that this tablet was before it learnt that it had been copied. */
  follows: string | null
  /** Its `tablet` record; null where it was known before there was enrolment. */
  tablet: string | null
}

/** A change that another tablet, or a person with a file, brought first. */
export interface DeliveryTable {
  province: string
  device: string
  n: number
  /** The courier's device, or the person who brought the file. */
  carrier: string
  delivered_at: number
}

export interface DevicePersonTable {
  province: string
  device: string
  staff: string
  proven_at: number
  /** They have signed out: the tablet's lines in their name count up to this `n`. Null while they are signed in. */
  left_n: number | null
}

export interface AccountTable {
  province: string
  /** Id of the public `staff` record. */
  staff: string
  username: string
  password: string
  must_change: number
  /** 1 where the password is too weak for a guarded role, whenever that comes; null where nobody knows yet. */
  weak: number | null
  disabled: number
  /** Wrong passwords in a row on browsers that are no tablet the server knows. */
  failures: number
  /** No attempt is looked at before this time. */
  next_attempt_at: number
  created_at: number
}

/** Wrong passwords that were typed for somebody on a tablet that the server knows. */
export interface TabletAttemptTable {
  province: string
  staff: string
  device: string
  failures: number
  next_attempt_at: number
}

/** A browser. Several people may be signed in on it. `id` is the SHA-256 (hex) of the cookie's token. */
export interface SessionTable {
  province: string
  id: string
  device: string | null
  created_at: number
  seen_at: number
  /** What a key must sign to be heard again (docs/authority.md, "Lock"); asked once, used once. */
  challenge: string | null
}

export interface SessionPersonTable {
  province: string
  session: string
  staff: string
  signed_in_at: number
  expires_at: number
  /** Their last request; null where a program of before has signed them in. */
  active_at: number | null
}

/** Versions of what a person reads, so that a cursor can be brought from one to the next. */
export interface ReachTable {
  province: string
  staff: string
  version: number
  /** JSON of a Reach. */
  reach: string
  since_seq: number
}

/** Signing keys of receipts: the private half wrapped by SECRET_KEY; a successor is signed by the key before it. */
export interface KeyTable {
  province: string
  id: string
  purpose: string
  public: string
  wrapped: string
  endorsed_by: string | null
  endorsement: string | null
  created_at: number
}

/** Numbered lists of the desk's public keys, as they were published. */
export interface DeskListTable {
  province: string
  number: number
  list: string
  /** JSON of ListSignatures; of a list of before members signed, the root's signature alone. */
  signature: string
  created_at: number
}

/** Private halves, wrapped by their owner's passphrase; the server cannot open them. None is overwritten: a new one is another version. */
export interface DeskKeyTable {
  province: string
  staff: string
  version: number
  recipient: string
  /** What the owner signs lists with; null of a key of before members signed. */
  signer: string | null
  wrapped: string
  created_at: number
}

/** The list that a member proposes and that not enough have signed yet. It is void once another one is published. */
export interface DeskProposalTable {
  province: string
  /** Who proposes it. */
  staff: string
  list: string
  /** JSON of ListSignatures. */
  signatures: string
  created_at: number
}

/** Who opened, exported, signed in: chained like the log. */
export interface AccessLogTable {
  province: string
  seq: number
  at: number
  staff: string | null
  device: string | null
  act: string
  subject: string | null
  chain: string
}

export interface SettingTable {
  province: string
  name: string
  value: string
}
