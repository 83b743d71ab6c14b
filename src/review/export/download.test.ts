import { describe, expect, test } from 'vitest'
import { download, exportPath } from './download.ts'

const wish = { kind: 'activity', from: undefined, to: undefined, withdrawn: false, personal: false }
const answering = (response: Response) => (() => Promise.resolve(response)) as unknown as typeof fetch

describe('an export', () => {
  test('asks for nothing that was not wished', () => {
    expect(exportPath(wish)).toBe('/api/export/activity.csv')
    expect(exportPath({ ...wish, from: '2025-10-01', withdrawn: true })).toBe(
      '/api/export/activity.csv?from=2025-10-01&withdrawn=1',
    )
    expect(exportPath({ ...wish, kind: 'person', to: '2026-09-30', personal: true })).toBe(
      '/api/export/person.csv?to=2026-09-30&personal=1',
    )
  })

  test('says why the server refused', async () => {
    const refused = Response.json({ failure: { code: 'not-permitted' } }, { status: 403 })
    expect(await download(wish, 'kanda', answering(refused))).toEqual({ ok: false, failure: { code: 'not-permitted' } })
  })

  test("takes no portal's page for a file", async () => {
    const portal = new Response('<html>', { headers: { 'Content-Type': 'text/html' } })
    expect(await download(wish, 'kanda', answering(portal))).toMatchObject({
      ok: false,
      failure: { code: 'server-fault' },
    })
  })

  test('without a network says so', async () => {
    const offline = (() => Promise.reject(new TypeError('offline'))) as unknown as typeof fetch
    expect(await download(wish, 'kanda', offline)).toMatchObject({ ok: false, failure: { code: 'unavailable' } })
  })
})
