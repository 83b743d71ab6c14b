import { expect, test } from 'vitest'
import * as domain from '#domain/change.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import * as fast from './hash.ts'

test('the hashes of Node are the hashes of the domain', () => {
  const line = '{"n":1,"set":{"outcome":"น้ำใจดี 🙏"}}'
  const device = 'AAAAAAAAAAAAAAAAAAAAAA' as DeviceId
  const digest = fast.changeDigest(device, line)
  expect(digest).toBe(domain.changeDigest(device, line))
  expect(fast.digestOfDigests([digest, digest])).toBe(domain.digestOfDigests([digest, digest]))
  for (const proof of [null, 'key.signature']) {
    const row = { seq: 7, device, n: 3, digest, stamp: 1_793_588_400_000, proof }
    expect(fast.chainHash('ab', row)).toBe(domain.chainHash('ab', row))
  }
})
