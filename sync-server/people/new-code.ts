import { codeLasts, type Enrolment, enrolmentHash } from '#domain/authority/enrolment.ts'
import { codeWords, generateWords } from '#domain/authority/generated-words.ts'
import { listDigest } from '#domain/complaint/desk-list.ts'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { newId, type RandomBytes, type StaffId } from '#domain/kernel/id.ts'
import { tablet } from '#domain/records/tablet.ts'
import type { Tx } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { publicReceiptKeys } from '#server/log/receipts.ts'
import { latestDeskList } from './desk-list.ts'

interface NewCode {
  readonly province: string
  readonly now: number
  readonly random: RandomBytes
  /** An administrator, in whose name the tablet is enrolled. */
  readonly author: StaffId
  readonly name: string
  readonly admits: readonly string[]
}

/** A code for a tablet of the whole province, at the word of whoever runs the server, with what a browser is to pin. Shown this once. */
export const makeCode = async (
  tx: Tx,
  { province, now, random, author, name, admits }: NewCode,
): Promise<Enrolment> => {
  const code = generateWords(random, codeWords).join('-')
  const set = {
    name,
    wholeProvince: true,
    admits: keyedSetOf(admits),
    code: enrolmentHash(code),
    codeUntil: now + codeLasts,
  }
  await appendOwn(tx, { province, now }, [{ author, kind: tablet.kind, record: newId(random), set }])
  return { code, pins: await pinsOf(tx.db, province) }
}

const pinsOf = async (db: Tx['db'], province: string): Promise<NonNullable<Enrolment['pins']>> => {
  const [key] = await publicReceiptKeys(db, province)
  const desk = await latestDeskList(db, province)
  return { province, receiptKey: key!.public, deskList: desk && listDigest(desk.list) }
}
