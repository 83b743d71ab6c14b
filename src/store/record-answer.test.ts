import { expect, test } from 'vitest'
import type { DeviceId } from '#domain/kernel/id.ts'
import { pendingSeq, type Write } from '#domain/merge.ts'
import { view } from '#domain/view.ts'
import { officer, school, someId } from '#test/support/edits.ts'
import { confirm, withNews } from './record-answer.ts'
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
    pending: [write(3, { set: { title: 'ชื่อใหม่' } }), write(5, { set: { place: school, heldOn: '2026-11-03' } })],
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

test('what had to wait loses here too what its own tablet said later, whatever the order of the answers', () => {
  const id = someId()
  const empty = emptyBody(id, 'activity')
  const given = { epoch: 'e', sawNothing: false, read: true }
  const begun = write(1, { seq: 4, stamp: 4, set: { place: school } })
  const body: RecordBody = {
    ...empty,
    confirmed: { ...empty.confirmed, seq: 4, writes: [begun] },
    epoch: 'e',
    pending: [
      write(2, { base: 4, set: { outcome: 'ก่อน', facilitator: 'ก่อน', from15Female: 2 } }),
      write(3, { base: 4, set: { outcome: 'หลัง', facilitator: 'หลัง' } }),
    ],
  }
  const passes = confirm(body, 3, { ...given, seq: 5, stamp: 105 })
  const expected = { outcome: 'หลัง', facilitator: 'หลัง', from15Female: 2 }
  const shows = (one: RecordBody) => expect(viewOf(one, 'e')).toMatchObject({ conflicts: {}, values: expected })
  shows(passes)
  // a colleague has settled it meanwhile
  const other = write(1, {
    device: 'tablet-2',
    seq: 6,
    stamp: 106,
    base: 5,
    set: { outcome: 'ตกลง', facilitator: 'ตกลง' },
  })
  const settled = withNews(passes, { ...emptyBody(id, 'activity').confirmed, seq: 6, writes: [other] }, 'e')
  const { confirmed } = confirm(settled, 2, { ...given, seq: 7, stamp: 107 })
  expect(view(confirmed)).toMatchObject({
    conflicts: {},
    values: { outcome: 'ตกลง', facilitator: 'ตกลง', from15Female: 2 },
  })
  // a courier had brought both, and what waited is acknowledged first
  const waited = confirm(body, 2, { ...given, seq: 7, stamp: 107 })
  shows(confirm(waited, 3, { ...given, seq: 5, stamp: 105 }))
})
