import { readChange } from '#domain/change.ts'
import { failure, isFailureCode } from '#domain/kernel/failure.ts'
import type { Core } from './core.ts'
import { senderOf } from './own-devices.ts'
import type { EntryBody } from './rows.ts'
import type { HeldChange } from './types.ts'

/** What the server holds back of this device's changes, oldest first. */
export const heldChanges = async (core: Core): Promise<readonly HeldChange[]> => {
  const rows = await core.database.held.orderBy('n').toArray()
  const entries = await Promise.all(rows.map(({ bytes }) => core.codec.decode<EntryBody>(bytes)))
  return rows.flatMap(({ n, code, field, detail }, index) => {
    const change = readChange(entries[index]!.line)
    if (!change) return []
    const known = isFailureCode(code) ? code : 'malformed-change'
    const why = failure(known, { ...(field !== undefined && { field }), ...(detail !== undefined && { detail }) })
    const { author, record, kind, v, set, base = null } = change
    const { device } = senderOf(core.identity(), n)
    return { n, device, author, record, kind, v, set, base, failure: why }
  })
}
