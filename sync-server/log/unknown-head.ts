import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { Head } from '#domain/protocol.ts'
import type { SignedReceipt } from '#domain/receipt.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { beginAfterLoss, doubtAfterLoss, epochsOf } from './epochs.ts'
import { formerNames } from './former-names.ts'
import { publicReceiptKeys, verifyReceipt } from './receipts.ts'
import { isOver } from './siblings.ts'

interface Shown {
  readonly province: string
  /** The device that the credential has proven. */
  readonly device: string
  readonly isRevoked?: boolean
  readonly now: number
  readonly head: Head
  readonly receipt: SignedReceipt | undefined
}

/**
 * What to say to whoever shows a head that the log does not hold. Only a tablet of this log's own past offers again by itself; one that comes
 * from another server waits for the operator's word. Where the log has gone back within its present epoch, a new one begins: only a head that
 * this province's own key has signed proves that, and only of such a one is another server's epoch written down (A9).
 */
export const whyUnknown = async (store: Store, shown: Shown): Promise<{ why: Failure; counts: boolean }> => {
  const { province, head, now } = shown
  const own = await epochsOf(store.db, province)
  const present = own.at(-1)?.epoch ?? ''
  const isOwn = own.some(({ epoch }) => epoch === head.epoch)
  const isTrue = await isSignedHead(store.db, shown)
  // a revoked tablet moves nothing but this: what it shows cannot be made up
  const isProven = isTrue && !shown.isRevoked
  if (!isOwn && !(await isOver(store, shown, head, isProven)))
    return { why: failure('split-server', { detail: head.epoch }), counts: false }
  const wentBack = head.epoch === present
  if (wentBack && isTrue && !isProven) await doubtAfterLoss(store, { province, now })
  const detail = wentBack && isProven ? await beginAfterLoss(store, { province, epoch: present, now }) : present
  // of an unproven head of the present epoch nobody knows what stood where its numbers are now
  return { why: failure('unknown-head', { detail }), counts: isProven || !wentBack }
}

/** Whether the head stands in a receipt that a key of this province has signed for this very tablet. */
const isSignedHead = async (db: Tx['db'], { province, device, head, receipt: signed }: Shown): Promise<boolean> => {
  if (!signed) return false
  const { receipt } = signed
  if (receipt.epoch !== head.epoch || receipt.seq !== head.seq || receipt.chain !== head.chain) return false
  const key = (await publicReceiptKeys(db, province)).find(({ id }) => id === receipt.key)
  return key !== undefined && verifyReceipt(key.public, signed) && isSameTablet(db, province, device, receipt.device)
}

/** A tablet that became another device keeps the receipt that it got as the one before, and sends as that one what is still its. */
const isSameTablet = async (db: Tx['db'], province: string, one: string, other: string): Promise<boolean> =>
  one === other ||
  (await formerNames(db, province, one)).includes(other) ||
  (await formerNames(db, province, other)).includes(one)
