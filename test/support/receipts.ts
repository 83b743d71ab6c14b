import { changeDigest } from '#domain/change.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import { covers, type Receipt } from '#domain/receipt.ts'

/** Whether a receipt speaks of exactly these lines and no other. */
export const isReceiptFor = (receipt: Receipt, device: DeviceId, lines: readonly string[]): boolean => {
  const digests = new Map(lines.map((line) => [(JSON.parse(line) as { n: number }).n, changeDigest(device, line)]))
  const named = receipt.runs.reduce((sum, [, , count]) => sum + count, receipt.held.length)
  return named === digests.size && covers(receipt, (n) => digests.get(n))
}
