import { expect, test } from 'vitest'
import type { DeviceId } from '#domain/kernel/id.ts'
import { pendingSeq, type Write } from '#domain/merge.ts'
import { view } from '#domain/view.ts'
import { officer, school, someId } from '#test/support/edits.ts'
import { confirm } from './record-answer.ts'
import { emptyBody, pendingWrite, type RecordBody, viewOf } from './record-body.ts'

const write = (n: number, more: Partial<Write>): Write => ({
  seq: pendingSeq,
  stamp: pendingSeq,
  base: 0,
  device: 'tablet-1',
  n,
  author: officer,
  at: n,
  set: {},
  ...more,
})

test('after a restore, what the new log has numbered already is not taken for something of the old one', () => {
  const begun = { place: school, heldOn: '2026-11-03', title: 'ชื่อเดิม' }
  const empty = emptyBody(someId(), 'training-session')
  const body: RecordBody = {
    ...empty,
    confirmed: { ...empty.confirmed, seq: 20, writes: [write(2, { seq: 20, stamp: 20, set: begun })] },
    epoch: 'before',
    pending: [write(3, { set: { title: 'ชื่อใหม่' } }), write(5, { set: begun })],
  }
  // the server took 5, which mended what 3 had waited for, and then 3; the page that the answer brings ends between the two
  const given = { epoch: 'after', sawNothing: true }
  const first = (known: RecordBody) => confirm(known, 3, { ...given, seq: 21, stamp: 101, read: false })
  const second = (known: RecordBody) => confirm(known, 5, { ...given, seq: 20, stamp: 100, read: true })
  for (const { confirmed, epoch } of [second(first(body)), first(second(body))]) {
    expect(view(confirmed).values).toMatchObject({ title: 'ชื่อใหม่', place: school })
    expect(epoch).toBe('after')
    expect(confirmed.seq).toBe(20)
  }
})

test('what waits here from before a restore has not seen what bears the number of its base now', () => {
  const id = someId()
  const empty = emptyBody(id, 'activity')
  const change = {
    n: 3,
    author: officer,
    at: 1,
    seen: 0,
    kind: 'activity',
    v: 1,
    record: id,
    set: { outcome: 'ของฉัน' },
  }
  const body = (epoch: string): RecordBody => ({
    ...empty,
    confirmed: {
      ...empty.confirmed,
      seq: 12,
      writes: [write(1, { device: 'tablet-2', seq: 12, stamp: 12, set: { outcome: 'ของเพื่อน' } })],
    },
    epoch,
    pending: [pendingWrite('tablet-1' as DeviceId, { ...change, base: { epoch: 'before', seq: 12 } })],
  })
  expect(viewOf(body('before'), 'before').conflicts).toEqual({})
  const { outcome } = viewOf(body('after'), 'after').conflicts
  expect(outcome?.map(({ value }) => value).sort()).toEqual(['ของฉัน', 'ของเพื่อน'])
})
