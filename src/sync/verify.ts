import { farewellText } from '#domain/authority/farewell.ts'
import { changeDigest } from '#domain/change.ts'
import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import { covers, numbersOf, receiptText, type SignedReceipt } from '#domain/receipt.ts'
import type { Identity } from '#src/store/identity-types.ts'
import type { StorePorts } from '#src/store/types.ts'

/** Numbers that a receipt speaks of. */
export const namedBy = ({ receipt }: SignedReceipt): readonly number[] => [
  ...numbersOf(receipt).keys(),
  ...receipt.held,
]

/**
 * Whether a receipt is the word of this tablet's server, for this tablet, over exactly the bytes that lie here (law 7). `lineOf` gives
 * the journalled line of a change.
 */
export const isTrueReceipt = async (
  signed: SignedReceipt,
  { device, receiptKeys }: Pick<Identity, 'device' | 'receiptKeys'>,
  lineOf: (n: number) => string | undefined,
  verify: StorePorts['verify'],
): Promise<boolean> => {
  const { receipt } = signed
  if (receipt.device !== device) return false
  const key = receiptKeys.find(({ id }) => id === receipt.key)
  const publicKey = key && fromBase64Url(key.public)
  const signature = fromBase64Url(signed.signature)
  if (!publicKey || !signature) return false
  if (!(await verify(publicKey, signature, utf8ToBytes(receiptText(receipt))))) return false
  return covers(receipt, (n) => {
    const line = lineOf(n)
    return line === undefined ? undefined : changeDigest(device, line)
  })
}

/** Whether the answer bids this very tablet farewell, under a key that it has pinned (A10). */
export const isFarewell = async (
  { farewell }: Pick<SyncAnswer, 'farewell'>,
  { device, province, receiptKeys }: Pick<Identity, 'device' | 'province' | 'receiptKeys'>,
  verify: StorePorts['verify'],
): Promise<boolean> => {
  const signature = farewell && province && fromBase64Url(farewell.signature)
  if (!signature) return false
  const text = utf8ToBytes(farewellText(province.id, device, farewell.time))
  for (const { public: x } of receiptKeys) {
    const key = fromBase64Url(x)
    if (key && (await verify(key, signature, text).catch(() => false))) return true
  }
  return false
}
