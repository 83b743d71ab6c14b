import { describe, expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Head } from '#domain/protocol.ts'
import type { SignedReceipt } from '#domain/receipt.ts'
import { view } from '#domain/view.ts'
import { doubtOf } from '#server/log/doubt.ts'
import { refold } from '#server/log/refold.ts'
import { siblings } from '#server/log/siblings.ts'
import { activityFields, beginProvince, makeId, makeTablet, type TestProvince } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

// Of a lost log the server believes its own signature alone (A9).

onBothDatabases('A head that the log does not hold', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    return { province, place, officer, tablet }
  }
  const epochs = async ({ id }: TestProvince) =>
    store().db.selectFrom('epochs').select(['epoch', 'begins_after']).where('province', '=', id).execute()
  const headOf = ({ receipt }: SignedReceipt): Head => ({
    epoch: receipt.epoch,
    seq: receipt.seq,
    chain: receipt.chain,
  })
  const madeUp = (head: Head): Head => ({ ...head, chain: 'f'.repeat(64) })

  /** Somebody copies an older file into its place, and tells nobody. */
  const goBackTo = async (province: TestProvince, seq: number) => {
    const { chain } = (await province.log()).find((row) => row.seq === seq)!
    await store().transaction(async ({ db }) => {
      const of = province.id
      await db.deleteFrom('changes').where('province', '=', of).where('seq', '>', seq).execute()
      await db.deleteFrom('records').where('province', '=', of).execute()
      await db.updateTable('provinces').set({ seq, chain }).where('id', '=', of).execute()
    })
    await refold(store(), province.id)
  }

  /** A log that went back behind a receipt, which is handed out with the line that it acknowledges. */
  const wentBack = async () => {
    const begun = await begin()
    const { province, place, tablet } = begun
    await tablet.send([tablet.change(makeId(), 'activity', activityFields(place))])
    const kept = tablet.head!.seq
    const line = tablet.change(makeId(), 'activity', activityFields(place))
    const { receipt } = await tablet.send([line])
    await goBackTo(province, kept)
    return { ...begun, line, receipt, lost: headOf(receipt) }
  }

  describe('without the signature', () => {
    test('begins no epoch, in whichever way it is shown, and an informed edit stays one', async () => {
      const { province, place, officer, tablet } = await begin()
      const record = makeId()
      await tablet.send([tablet.change(record, 'activity', activityFields(place, { from25Female: 1 }))])
      const reader = await makeTablet(store(), province, officer)
      await reader.readAll()
      const edit = reader.change(record, 'activity', { from25Female: 2 }, reader.base())
      const stranger = await makeTablet(store(), province, officer)

      const lost = madeUp(tablet.head!)
      await expect(stranger.send([], { header: { head: lost } })).rejects.toThrow('unknown-head')
      await stranger.send([], { header: { lost } })
      expect(await epochs(province)).toEqual([{ epoch: province.epoch, begins_after: 0 }])

      await reader.send([edit])
      const shown = view((await province.records()).get(record)!.state)
      expect(shown).toMatchObject({ values: { from25Female: 2 }, conflicts: {} })
    })

    test('is still offered again to: what comes is taken, and counts as having seen nothing', async () => {
      const { province, tablet, line, lost } = await wentBack()
      tablet.head = undefined
      const answer = await tablet.send([line], { header: { lost } })
      expect(answer.receipt.receipt.runs).toHaveLength(1)
      expect(await epochs(province)).toHaveLength(1)
    })

    test('of another log is refused, and not written down', async () => {
      const { province, tablet } = await begin()
      const head = { ...madeUp({ epoch: '', seq: 9, chain: '' }), epoch: makeId() as string }
      await expect(tablet.send([], { header: { head } })).rejects.toThrow('split-server')
      expect(await siblings(store().db, province.id)).toEqual([])
    })
  })

  describe('under the signature', () => {
    test('begins one epoch, and not another when it is shown again', async () => {
      const { province, tablet, line, receipt, lost } = await wentBack()
      tablet.head = undefined
      await tablet.send([line], { header: { lost, receipt } })
      await tablet.send([line], { header: { lost, receipt } })
      const known = await epochs(province)
      expect(known).toHaveLength(2)
      expect(known).toEqual(expect.arrayContaining([expect.objectContaining({ epoch: province.epoch })]))
      expect(tablet.head!.epoch).not.toBe(province.epoch)
    })

    test('begins none when anything of it does not fit, or the tablet was revoked', async () => {
      const { province, officer, tablet, receipt, lost } = await wentBack()
      const other = await makeTablet(store(), province, officer)
      tablet.head = undefined
      const forged = { ...receipt, receipt: { ...receipt.receipt, ...madeUp(lost) } }
      await tablet.send([], { header: { lost: madeUp(lost), receipt: forged } })
      await tablet.send([], { header: { lost: { ...lost, seq: lost.seq + 1 }, receipt } })
      await other.send([], { header: { lost, receipt } })
      await tablet.send([], { header: { lost, receipt }, isRevoked: true })
      expect(await epochs(province)).toHaveLength(1)
    })

    test('begins the doubt alone where its tablet was revoked: whoever acts first cannot silence the witnesses', async () => {
      const { province, tablet, receipt, lost } = await wentBack()
      tablet.head = undefined
      await tablet.send([], { header: { lost: madeUp(lost), receipt }, isRevoked: true })
      expect(await doubtOf(store().db, province.id)).toBeNull()
      tablet.head = undefined
      await tablet.send([], { header: { lost, receipt }, isRevoked: true })
      expect(await doubtOf(store().db, province.id)).toMatchObject({ cause: 'went-back' })
      expect(await epochs(province)).toHaveLength(1)
    })

    test('of another log is refused too, and written down for the operator', async () => {
      const { province, tablet, receipt } = await wentBack()
      await store().transaction(async ({ db }) => {
        const epoch = makeId() as string
        await db.updateTable('epochs').set({ epoch }).where('province', '=', province.id).execute()
        await db.updateTable('provinces').set({ epoch }).where('id', '=', province.id).execute()
      })
      const head = headOf(receipt)
      const header = { head, receipt }
      await expect(tablet.send([], { header, isRevoked: true })).rejects.toThrow('split-server')
      expect(await siblings(store().db, province.id)).toEqual([])
      await expect(tablet.send([], { header })).rejects.toThrow('split-server')
      expect(await siblings(store().db, province.id)).toMatchObject([
        { epoch: head.epoch, seq: head.seq, overAt: null },
      ])
    })
  })
})
