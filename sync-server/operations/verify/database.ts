import { canonicalJson, type Json } from '#domain/kernel/bytes.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { inOneMoment } from '#server/db/one-moment.ts'
import type { ChangeTable } from '#server/db/schema.ts'
import { brokenAccessLine } from '#server/log/access-log.ts'
import { loadReceiptKey } from '#server/log/receipts.ts'
import { foldOf } from '#server/log/refold.ts'
import { bad, type Finding, good } from './finding.ts'
import { logCheck } from './log-check.ts'

type Db = Tx['db']
type ProvinceHead = { readonly id: string; readonly seq: number; readonly chain: string; readonly epoch: string }

const page = 1000

/** Checks the database as it is this moment, while the server goes on: the log, and that everything shown follows from it. */
export const verifyDatabase = async (store: Store, secretKey: string): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  await inOneMoment(store, async (db) => {
    const heads = await db.selectFrom('provinces').select(['id', 'seq', 'chain', 'epoch']).execute()
    if (heads.length === 0) findings.push(good('The database is empty: nothing has been set up.'))
    for (const head of heads) {
      findings.push(await logOf(db, head), await epochOf(db, head))
      findings.push(await recordsOf(db, head), await keyOf(db, head, secretKey), await accessOf(db, head))
    }
  })
  return findings
}

const logOf = async (db: Db, head: ProvinceHead): Promise<Finding> => {
  const check = logCheck()
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('changes')
      .select(['province', 'seq', 'device', 'n', 'digest', 'chain', 'stamp', 'line', 'proof'])
      .where('province', '=', head.id)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const row of rows) {
      const fault = check.see(row)
      if (fault) return bad(fault)
    }
    if (rows.length < page) break
    after = rows.at(-1)!.seq
  }
  const fault = check.finish([head])
  return fault ? bad(fault) : good(`The log is one chain from the first change to number ${head.seq}.`)
}

const epochOf = async (db: Db, { id, epoch }: ProvinceHead): Promise<Finding> => {
  const rows = await db.selectFrom('epochs').select('epoch').where('province', '=', id).orderBy('ordinal').execute()
  return rows.at(-1)?.epoch === epoch
    ? good(`The epoch is the last of ${rows.length}.`)
    : bad('The epoch of the province is not the last in its table.')
}

/** Folds every record again from the log alone, and compares it with what people are shown. */
const recordsOf = async (db: Db, { id: province }: ProvinceHead): Promise<Finding> => {
  let compared = 0
  for (let after = ''; ; ) {
    const stored = await db
      .selectFrom('records')
      .select(['id', 'body'])
      .where('province', '=', province)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute()
    const upTo = stored.length < page ? undefined : stored.at(-1)!.id
    const rows = await logBetween(db, province, after, upTo)
    const bodies = new Map(stored.map(({ id, body }) => [id, body]))
    for (const [record, log] of byRecord(rows)) {
      const folded = foldOf(log)
      const body = bodies.get(record)
      bodies.delete(record)
      if (folded === null && body === undefined) continue
      if (folded === null) return bad(`Record ${record} is of a kind that this version does not know.`)
      if (body === undefined) return bad(`Record ${record} is in the log and not among the records.`)
      if (canonicalJson(JSON.parse(body) as Json) !== canonicalJson(folded as unknown as Json))
        return bad(`Record ${record} is not what its changes in the log make of it.`)
      compared++
    }
    const [extra] = bodies.keys()
    if (extra !== undefined) return bad(`Record ${extra} is not in the log.`)
    if (upTo === undefined) break
    after = upTo
  }
  return good(`All ${compared} records are what their changes in the log make of them.`)
}

const byRecord = (rows: readonly ChangeTable[]): ReadonlyMap<string, readonly ChangeTable[]> => {
  const logs = new Map<string, ChangeTable[]>()
  for (const row of rows) {
    const log = logs.get(row.record)
    if (log) log.push(row)
    else logs.set(row.record, [row])
  }
  return logs
}

const logBetween = (db: Db, province: string, after: string, upTo: string | undefined) => {
  const query = db.selectFrom('changes').selectAll().where('province', '=', province).where('record', '>', after)
  return (upTo === undefined ? query : query.where('record', '<=', upTo)).orderBy('seq').execute()
}

const keyOf = async (db: Db, { id }: ProvinceHead, secretKey: string): Promise<Finding> => {
  const key = await loadReceiptKey(db, id, secretKey).catch(() => undefined)
  if (key) return good('The receipt key is there, and SECRET_KEY opens it.')
  return bad(key === null ? 'The key that signs receipts is missing.' : 'SECRET_KEY does not open the receipt key.')
}

const accessOf = async (db: Db, { id }: ProvinceHead): Promise<Finding> => {
  const broken = await brokenAccessLine(db, id)
  return broken === null ? good('The access log is one chain.') : bad(`The access log breaks at line ${broken}.`)
}
