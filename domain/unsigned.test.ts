import { expect, it } from 'vitest'
import { type DeviceId, newId } from './kernel/id.ts'
import { complaint } from './records/complaint.ts'
import { recordKinds } from './records/index.ts'
import { unsignedEnvelope } from './unsigned.ts'

const device = newId<DeviceId>((length) => new Uint8Array(length).fill(7))

it('names the device and the day in Thailand, and nothing finer', () => {
  const lateEvening = Date.parse('2026-11-23T23:59:59+07:00')
  expect(unsignedEnvelope(device, lateEvening)).toEqual({
    author: device,
    at: Date.parse('2026-11-23T00:00:00+07:00'),
    seen: 0,
  })
})

it('is for complaints and for nothing else', () => {
  expect(recordKinds.filter((kind) => kind.unsigned)).toEqual([complaint])
})
