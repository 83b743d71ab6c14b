import { gzipSync } from 'node:zlib'
import { type Change, changeLine } from '#domain/change.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import type { TestKey } from '#test/support/signing.ts'
import type { Answered, Browser } from './support.ts'

/** What a tablet sends: a header line, and a line for each change. */
export interface Sending {
  readonly device: { readonly id: string; readonly credential: string }
  readonly person?: string
  readonly changes?: readonly Change[]
  /** Signs every change. */
  readonly key?: TestKey | null
  readonly header?: object
  readonly packed?: boolean
}

export const exchangeOver = async (
  browser: Browser,
  sending: Sending,
): Promise<Omit<Answered, 'body'> & { readonly body: SyncAnswer }> => {
  const { device, person, changes = [], key, header, packed } = sending
  const first = { protocol: 1, device: device.id, now: 0, cursor: null, ...(person && { person }), ...header }
  const text = [JSON.stringify(first), ...changes.map(changeLine).map((line) => (key ? key.sign(line) : line))].join(
    '\n',
  )
  const headers = {
    Authorization: `Device ${device.id}.${device.credential}`,
    'Content-Type': 'text/plain',
    ...(packed && { 'Content-Encoding': 'gzip' }),
  }
  return browser.post('/api/sync', packed ? gzipSync(text) : text, headers)
}
