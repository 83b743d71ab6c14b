import { lineText, proofText } from '#domain/authority/line-proof.ts'
import { changeDigest, readChange } from '#domain/change.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { plainRow } from './answer.ts'
import { outboxRow, recordsOf } from './bring-in.ts'
import { alone, type Core } from './core.ts'
import { senderOf } from './own-devices.ts'
import { alterRecords, commit, type EntryBody, persist, recordTables, writeRecords } from './rows.ts'

/**
 * The author signs a line that the server holds back for want of their signature, after they have seen what it alters: the very bytes that were
 * journalled, which then wait to be sent again. The journal has the signature before it counts (law 2).
 */
export const signHeld = (core: Core, n: number): Promise<Result<void, Failure>> =>
  alone(core, async () => {
    const row = await persist(core, () => core.database.held.get(n))
    const entry = row && (await core.codec.decode<EntryBody>(row.bytes))
    const change = entry && readChange(entry.line)
    if (!row || !entry || !change) return fail(failure('not-found'))
    const identity = core.identity()
    const digest = changeDigest(senderOf(identity, n).device, entry.line)
    const proof = await core.sign(change.author, lineText(identity.province?.id ?? '', digest))
    if (!proof) return fail(failure('locked'))
    const signed: EntryBody = { ...entry, proof: proofText(proof) }
    await core.journal?.append([{ n, bytes: await core.codec.encode(signed) }])
    const waiting = plainRow(await outboxRow(core, change, signed))
    const altered = await alterRecords(core, recordsOf([change]), (body) => ({
      ...body,
      held: body.held.filter((one) => one !== n),
    }))
    await commit(core, [...recordTables, 'outbox', 'held'], async () => {
      await writeRecords(core, altered)
      await core.database.outbox.put(waiting)
      await core.database.held.delete(n)
    })
    return ok(undefined)
  })
