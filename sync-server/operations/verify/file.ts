import type { AccessLogTable, EpochTable, KeyTable, ProvinceTable } from '#server/db/schema.ts'
import { accessHeadName, accessLogCheck } from '#server/log/access-log.ts'
import { openReceiptKey, receiptPurpose } from '#server/log/receipts.ts'
import { type Row, UnusableBackup } from '../backup/format.ts'
import { type Checked, readBackup } from '../backup/read.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** The rows that are looked at again once all of the file was read; they are few. */
const keptTables = ['provinces', 'epochs', 'keys', 'access_log', 'settings'] as const
type Kept = Record<(typeof keptTables)[number], Row[]>

/** Checks a backup without any database: that it is whole and unaltered, and that a restore could use it. */
export const verifyFile = async (file: string, secretKey: string | null): Promise<readonly Finding[]> => {
  const kept: Kept = { provinces: [], epochs: [], keys: [], access_log: [], settings: [] }
  const isKept = (name: string): name is keyof Kept => (keptTables as readonly string[]).includes(name)
  let checked: Checked
  try {
    checked = await readBackup(file, ({ table }, row) => void (isKept(table) && kept[table].push(row)))
  } catch (error) {
    if (error instanceof UnusableBackup) return [bad(error.message)]
    throw error
  }
  const { header, rows, heads } = checked
  const taken = new Date(header.takenAt).toISOString()
  const counts = Object.entries(rows).map(([name, count]) => `${count} ${name}`)
  return [
    good(
      `Format ${header['bowon-backup']}, taken ${taken} by version ${header.version}; every byte is as it was written.`,
    ),
    good(`All rows are there: ${counts.join(', ')}.`),
    ...heads.map(({ seq }) => good(`The log is one chain from the first change to number ${seq}.`)),
    ...(kept.provinces as unknown as ProvinceTable[]).flatMap((province) => ofProvince(province, kept, secretKey)),
  ]
}

const ofProvince = ({ id, epoch }: ProvinceTable, kept: Kept, secretKey: string | null): readonly Finding[] => {
  const own = <T>(rows: readonly Row[]) => rows.filter(({ province }) => province === id) as unknown as T[]
  const epochs = own<EpochTable>(kept.epochs).sort((a, b) => a.ordinal - b.ordinal)
  const keys = own<KeyTable>(kept.keys).filter(({ purpose }) => purpose === receiptPurpose)
  const head = own<{ name: string; value: string }>(kept.settings).find(({ name }) => name === accessHeadName)
  const broken = accessLogCheck(own<AccessLogTable>(kept.access_log), head?.value)
  return [
    epochs.at(-1)?.epoch === epoch
      ? good(`The epoch is the last of ${epochs.length}.`)
      : bad('The epoch of the province is not the last in its table.'),
    receiptKeyOf(keys, secretKey),
    broken === null ? good('The access log is one chain.') : bad(`The access log breaks at line ${broken}.`),
  ]
}

const receiptKeyOf = (keys: readonly KeyTable[], secretKey: string | null): Finding => {
  const newest = [...keys].sort((a, b) => b.created_at - a.created_at)[0]
  if (!newest) return bad('The key that signs receipts is missing.')
  if (secretKey === null) return note('The receipt key is there. SECRET_KEY is not here, so opening it was not tried.')
  try {
    openReceiptKey(newest, secretKey)
    return good('The receipt key is there, and SECRET_KEY opens it.')
  } catch {
    return bad('The receipt key is there, but this SECRET_KEY does not open it: a restore would need the right one.')
  }
}
