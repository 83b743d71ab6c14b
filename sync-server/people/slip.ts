import * as z from 'zod/mini'
import { readSlip, type Slip, type SlipFacts, slipText } from '#domain/authority/enrolment.ts'
import { isSignedBy } from '#server/log/ed25519.ts'
import { publicReceiptKeys, type ReceiptKey, signText } from '#server/log/receipts.ts'
import type { Db } from './call.ts'
import { hashOfSecret } from './secret.ts'
import { rightsOn } from './tablets.ts'

/** Signs: an id takes 22, and a tablet may be for every place of the province but one. */
export const longestSlip = 60_000

export const slipShown = z.object({
  text: z.string().check(z.maxLength(longestSlip)),
  key: z.string().check(z.maxLength(22)),
  signature: z.string().check(z.regex(/^[\w-]{86}$/)),
})

/** What the slip of a device says, if a key of this province has signed it for that very device and credential; else null. */
export const isOurSlip = async (
  db: Db,
  province: string,
  { id, credential, slip }: { readonly id: string; readonly credential: string; readonly slip?: Slip | undefined },
): Promise<SlipFacts | null> => {
  const facts = slip ? readSlip(slip.text) : null
  if (!slip || !facts || facts.province !== province || facts.device !== id) return null
  if (facts.credential !== hashOfSecret(credential)) return null
  const key = (await publicReceiptKeys(db, province)).find((one) => one.id === slip.key)
  return key && isSignedBy(key.public, slip.text, slip.signature) ? facts : null
}

/** What a tablet keeps of its enrolment, as that stands now. Null for what is no tablet. */
export const slipFor = async (db: Db, province: string, key: ReceiptKey, device: string): Promise<Slip | null> => {
  const row = await db
    .selectFrom('devices')
    .select(['name', 'credential', 'tablet'])
    .where('province', '=', province)
    .where('id', '=', device)
    .executeTakeFirst()
  if (!row?.credential) return null
  const { within } = await rightsOn(db, province, device)
  const text = slipText({ province, device, ...row, tablet: row.tablet ?? '', within })
  return { text, key: key.id, signature: signText(key, text) }
}
