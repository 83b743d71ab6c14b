import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bundle, bundleText, readSealedFile, sealedFile } from '#domain/bundle.ts'
import { failures } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { deliver } from '#server/courier/deliver.ts'
import { ensureCourierKey, openSealed } from '#server/log/courier-key.ts'
import { loadReceiptKey, makeReceiptKey } from '#server/log/receipts.ts'
import { newQuotas } from '#server/people/quotas.ts'
import type { Edit } from '#src/store/types.ts'
import { bundlesOf, carriedFiles, carry, sealBundles, takeAlong } from '#src/sync/courier.ts'
import type { Reply, Transport } from '#src/sync/transport.ts'
import { seal } from '#src/vault/seal.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { type Find, findWords } from '#test/support/leak-scanner.ts'
import { makeId, secret, temporaryStore } from '#test/support/province.ts'
import { verify } from '#test/support/tablet.ts'

// A tablet that meets no network hands its work, sealed, to colleagues; whoever brings it, it is there once.

let folder: string
let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let somchai: Worker
let malee: Worker
let kanda: Worker

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-courier-'))
  server = await temporaryStore()
  field = await beginField(() => server.store)
  const { id: province, key: receiptKey, clock } = field.province
  await ensureCourierKey(server.store, { province, receiptKey, secret, now: clock.now })
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer'], [school])
  kanda = await field.worker(['officer'], [school])
  for (const worker of [somchai, malee, kanda]) await worker.sync()
  somchai.weather = 'no-network'
})
afterEach(async () => {
  await server.end()
  rmSync(folder, { recursive: true, force: true })
})

const saves = async (worker: Worker, more: Edit['set'] = {}) => {
  const edit = anActivity(worker, school)
  await worker.store.save({ ...edit, set: { ...edit.set, ...more } })
  return edit.record
}
const bundlesFrom = async ({ store }: Worker) => {
  const { head } = await store.exchange.standpoint(null)
  return bundlesOf(store.people.identity.peek(), await store.exchange.unsent(), head).bundles
}
const sealedBy = async (text: string) => seal(text, [malee.store.people.identity.peek().courierKey!.public])
/** The file that a tablet makes of everything unsent. */
const fileOf = async ({ store }: Worker) => {
  const identity = store.people.identity.peek()
  const { head } = await store.exchange.standpoint(null)
  const { bundles, left } = bundlesOf(identity, await store.exchange.unsent(), head)
  expect(left).toBe(0)
  return sealedFile(await sealBundles(bundles, identity.courierKey!.public, seal))
}
const takesAlong = async ({ store, tablet }: Worker, file: string) => {
  for (const sealed of readSealedFile(file)!) await takeAlong(store, sealed, tablet.now)
}

const answering = async (sealed: string, authorization: string | undefined, person?: string): Promise<Reply> => {
  const { id, key: receiptKey, clock } = field.province
  const province = { id, name: '', sample: true, epoch: '', idKey: '' }
  const signedIn = person ? { staff: person } : null
  const call = { province, now: clock.now, random: () => new Uint8Array(), session: null, person: signedIn as never }
  const done = await deliver(
    { open: { store: server.store, province, receiptKey }, call, secret, authorization, quotas: newQuotas() },
    sealed,
  )
  return done.ok
    ? { status: 200, text: JSON.stringify(done.value.body) }
    : { status: failures[done.failure.code].status, text: JSON.stringify(done) }
}
const atOnce: Transport = { exchange: (body, authorization) => answering(body, authorization) }
const brings = (worker: Worker, courier: Transport = atOnce) =>
  carry({ store: worker.store, courier, verify, identity: () => worker.store.people.identity.peek() })

const logged = async () =>
  (await server.store.db.selectFrom('changes').select(['device', 'line']).orderBy('seq').execute())
    .filter(({ line }) => line.includes('"kind":"activity"'))
    .map(({ device, line }) => ({ device, record: (JSON.parse(line) as { record: RecordId }).record }))
const deviceOf = ({ store }: Worker) => store.people.identity.peek().device
const shown = async ({ store }: Worker) =>
  (await store.records(activity)).map(({ id, safety }) => ({ id, safety })).sort((a, b) => (a.id < b.id ? -1 : 1))

describe('work that a colleague carries', () => {
  test('arrives once under the tablet that wrote it, which later shows who brought it', async () => {
    const records = [await saves(somchai), await saves(somchai), await saves(somchai)]
    await takesAlong(malee, await fileOf(somchai))
    expect(await carriedFiles(malee.store)).toHaveLength(1)
    expect(await brings(malee)).toBe(1)
    expect(await carriedFiles(malee.store)).toEqual([])
    expect(await logged()).toEqual(records.map((record) => ({ device: deviceOf(somchai), record })))
    expect((await somchai.store.record(records[0]!))?.safety).toBe('tablet')

    somchai.weather = 'fair'
    expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
    expect(await logged()).toHaveLength(3)
    for (const { safety } of await shown(somchai)) expect(safety).toBe('safe')
    expect(await somchai.store.exchange.couriers()).toEqual([{ device: 'แท็บเล็ต', changes: 3 }])
    await malee.sync()
    expect((await shown(malee)).map(({ id }) => id)).toEqual([...records].sort())
    // and he goes on with what he wrote, as if he had sent it himself
    const { base } = (await somchai.store.record(records[0]!))!
    await somchai.store.save({
      ...anActivity(somchai, school),
      record: records[0]!,
      base,
      set: { from15Female: 3 },
    })
    await somchai.sync()
    expect((await somchai.store.record(records[0]!))?.conflicts).toEqual({})
  })

  test('several files arrive in the order in which they were taken along', async () => {
    const taken: string[] = []
    for (let count = 0; count < 6; count++) {
      await saves(somchai)
      const file = await fileOf(somchai)
      malee.tablet.now += 1000
      await takesAlong(malee, file)
      taken.push(...readSealedFile(file)!)
    }
    const brought: string[] = []
    const listening: Transport = {
      exchange: (body, authorization) => {
        brought.push(body)
        return answering(body, authorization)
      },
    }
    expect(await brings(malee, listening)).toBe(6)
    expect(brought).toEqual(taken)
  })

  test.each([
    ['the couriers first', ['malee', 'kanda', 'somchai']],
    ['its own tablet first', ['somchai', 'malee', 'kanda']],
    ['its own tablet between them', ['malee', 'somchai', 'kanda']],
  ])('by two, while its own tablet sends too: %s: one copy', async (_, order) => {
    const before = [await saves(somchai), await saves(somchai)]
    const early = await fileOf(somchai)
    const later = [await saves(somchai)]
    await takesAlong(malee, await fileOf(somchai))
    for (const file of [early, early]) await takesAlong(kanda, file)
    expect(await carriedFiles(kanda.store)).toHaveLength(1)
    somchai.weather = 'fair'
    for (const who of order) {
      if (who === 'somchai') expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
      else expect(await brings(who === 'malee' ? malee : kanda)).toBe(1)
    }
    const rows = await logged()
    expect(rows.map(({ record }) => record).sort()).toEqual([...before, ...later].sort())
    for (const { device } of rows) expect(device).toBe(deviceOf(somchai))
  })

  test('is brought in by an administrator with the file, twice, and harms nothing', async () => {
    const record = await saves(somchai)
    const [sealed] = readSealedFile(await fileOf(somchai))!
    for (const counted of [
      { accepted: 1, already: 0 },
      { accepted: 0, already: 1 },
    ]) {
      const reply = await answering(sealed!, undefined, field.province.admin)
      expect(JSON.parse(reply.text)).toMatchObject({ ...counted, held: 0 })
    }
    expect(await logged()).toEqual([{ device: deviceOf(somchai), record }])
    somchai.weather = 'fair'
    await somchai.sync()
    expect(await somchai.store.exchange.couriers()).toEqual([{ staff: field.province.admin, changes: 1 }])
  })

  test('includes what the server held back, and what the journal alone has', async () => {
    const elsewhere = await field.province.place('โรงเรียนอื่น')
    somchai.weather = 'fair'
    const wrong = anActivity(somchai, elsewhere)
    await somchai.store.save(wrong)
    await somchai.sync()
    somchai.weather = 'no-network'
    const record = await saves(somchai)
    const lines = async () => (await somchai.store.exchange.unsent()).map(({ n }) => n)
    expect(await lines()).toEqual([1, 2])
    await takesAlong(malee, await fileOf(somchai))
    await brings(malee)
    expect((await logged()).map((row) => row.record)).toEqual([record])
    somchai.tablet.eraseDatabase()
    await somchai.restart()
    expect(await lines()).toEqual([1, 2])
  })

  test('of a tablet that was copied goes under the device to which each change belongs', async () => {
    const twin = await somchai.copy()
    const his = await saves(somchai)
    somchai.weather = 'fair'
    await somchai.sync()
    const hers = [await saves(twin), await saves(twin)]
    await twin.sync()
    // what waits is a new device's, which nobody has registered yet: no file can prove it
    const { left } = bundlesOf(twin.store.people.identity.peek(), await twin.store.exchange.unsent(), null)
    expect(left).toBe(1)
    await twin.signIn()
    await takesAlong(malee, await fileOf(twin))
    await brings(malee)
    await twin.sync()
    expect((await logged()).map(({ record }) => record).sort()).toEqual([his, ...hers].sort())
  })
})

test('a change whose field is called as something that every object has blocks no courier’s queue', async () => {
  const [wrong, right] = [await saves(somchai), await saves(somchai)]
  const [bundle] = (await bundlesFrom(somchai)) as [Bundle]
  const lines = bundle.lines.map((line) => (line.includes(wrong) ? line.replace('"node"', '"constructor"') : line))
  await takeAlong(malee.store, await sealedBy(bundleText({ ...bundle, lines })), 0)
  expect(await brings(malee)).toBe(1)
  expect(await carriedFiles(malee.store)).toEqual([])
  expect((await logged()).map(({ record }) => record)).toEqual([right])
})

describe('what the writer of a bundle had seen', () => {
  /** Somchai has read what Malee wrote of a record, alters it without a network, and Kanda writes to it meanwhile. */
  const inParallel = async () => {
    somchai.weather = 'fair'
    const record = await saves(malee)
    for (const worker of [malee, somchai]) await worker.sync()
    somchai.weather = 'no-network'
    const write = async ({ store, staff }: Worker, outcome: string) => {
      const base = (await store.record(record))!.base
      await store.save({ kind: 'activity', record, base, set: { outcome }, author: staff })
    }
    await write(malee, 'ของมาลี')
    await malee.sync()
    await write(somchai, 'ของสมชาย')
    return async () => {
      await kanda.sync()
      return Object.values((await kanda.store.record(record))!.conflicts.outcome ?? []).map(({ value }) => value)
    }
  }
  const both = ['ของมาลี', 'ของสมชาย']

  test('is no more than the head that it names', async () => {
    const conflicts = await inParallel()
    const line = (await somchai.store.exchange.unsent())[0]!.line
    const { base } = JSON.parse(line) as { base: { seq: number } }
    const claims = line.replace(`"seq":${base.seq}`, `"seq":${base.seq + 1000}`)
    const [bundle] = (await bundlesFrom(somchai)).map((one) => ({ ...one, lines: [claims] }))
    await takeAlong(malee.store, await sealedBy(bundleText(bundle!)), 0)
    await brings(malee)
    expect((await conflicts()).sort()).toEqual(both)
  })

  test('is nothing where it names none, as one of an older program', async () => {
    somchai.weather = 'fair'
    const record = await saves(malee, { outcome: 'ของมาลี' })
    for (const worker of [malee, somchai]) await worker.sync()
    const { base } = (await somchai.store.record(record))!
    const edit = { kind: 'activity', record, base, author: somchai.staff }
    await somchai.store.save({ ...edit, set: { outcome: 'ของสมชาย' } })
    const [{ head, ...bundle }] = (await bundlesFrom(somchai)) as [Bundle]
    expect(head).toMatchObject({ epoch: base.epoch })
    await takeAlong(malee.store, await sealedBy(bundleText(bundle)), 0)
    await brings(malee)
    await kanda.sync()
    const { conflicts } = (await kanda.store.record(record))!
    expect(conflicts.outcome?.map(({ value }) => value).sort()).toEqual(both)
  })
})

describe('what a courier cannot do', () => {
  const bundleOf = async (worker: Worker) => (await bundlesFrom(worker))[0]!
  const refused = async (sealed: string, detail: string) => {
    const reply = await answering(sealed, await authorizationOf(malee))
    expect(reply.status).toBe(422)
    expect(JSON.parse(reply.text)).toMatchObject({ failure: { code: 'unreadable-bundle', detail } })
    expect(await logged()).toEqual([])
  }
  const authorizationOf = async ({ store }: Worker) => {
    const { device, credential } = store.people.identity.peek()
    return `Device ${device}.${credential}`
  }

  test('read, alter or forge it: the credential of the tablet is inside the seal', async () => {
    await saves(somchai)
    const bundle = await bundleOf(somchai)
    const sealed = await sealedBy(bundleText(bundle))
    await refused(`${sealed.slice(0, -6)}AAAAAA`, 'seal')
    await refused(sealed.slice(0, -40), 'seal')
    await refused('YWdl', 'seal')
    await refused(await sealedBy('no bundle'), 'seal')
    await refused(await sealedBy(bundleText({ ...bundle, credential: 'guessed-guessed-guessed' })), 'device')
    await refused(await sealedBy(bundleText({ ...bundle, device: makeId() })), 'device')
    await refused(await sealedBy(bundleText({ ...bundle, province: makeId() })), 'province')
    await refused(await sealedBy(bundleText({ ...bundle, lines: ['no change'] })), 'lines')
    await expect(
      openSealed(server.store.db, { province: field.province.id, secret: 'other' }, sealed),
    ).rejects.toThrow()
  })

  test('bring it without being anybody', async () => {
    await saves(somchai)
    const sealed = await sealedBy(bundleText(await bundleOf(somchai)))
    expect((await answering(sealed, undefined)).status).toBe(401)
    expect((await answering(sealed, `Device ${deviceOf(malee)}.guessed-guessed-guessed`)).status).toBe(401)
    expect(await logged()).toEqual([])
  })

  test('let go of it before the server has signed for exactly this file', async () => {
    await saves(somchai)
    await takesAlong(malee, await fileOf(somchai))
    const other = await sealedBy(bundleText({ ...(await bundleOf(somchai)), lines: [] }))
    const liars: Record<string, Transport['exchange']> = {
      'a hotel’s portal': async () => ({ status: 200, text: '<html>' }),
      'a proxy that stores nothing': async () => ({ status: 200, text: '{}' }),
      'a proxy with an answer to another file': (_, authorization) => answering(other, authorization),
      'a proxy with a signature of its own': async (body, authorization) => {
        const { id: province, clock } = field.province
        const before = field.province.key
        const own = await server.store.transaction((tx) => makeReceiptKey(tx, { province, secret, now: clock.now }))
        Object.assign(field.province, { key: own })
        const reply = await answering(body, authorization)
        Object.assign(field.province, { key: before })
        return reply
      },
      'no network': async () => null,
      'a server that fails': async () => ({ status: 500, text: '{}' }),
    }
    for (const [who, exchange] of Object.entries(liars)) {
      expect(await brings(malee, { exchange }), who).toBe(0)
      expect(await carriedFiles(malee.store), who).toMatchObject([{ size: expect.any(Number) }])
    }
    await malee.restart()
    expect(await brings(malee)).toBe(1)
    expect(await logged()).toHaveLength(1)
  })

  test('lose it when the server cannot open it: it is marked, asks no more, and does not stop others', async () => {
    await saves(somchai)
    await takeAlong(malee.store, await sealedBy('no bundle'), 1)
    await takesAlong(malee, await fileOf(somchai))
    expect(await brings(malee)).toBe(1)
    expect(await carriedFiles(malee.store)).toMatchObject([{ refused: 'unreadable-bundle' }])
    expect(await brings(malee, { exchange: async () => expect.fail('it asks again') })).toBe(0)
  })

  test('seal to a key that the receipt key does not endorse', async () => {
    const { people } = malee.store
    const before = people.identity.peek()
    const key = await loadReceiptKey(server.store.db, field.province.id, secret)
    const other = { ...before.courierKey!, id: 'other', public: 'age1other' }
    await people.signedIn({
      person: malee.staff,
      username: 'malee',
      standing: people.current.peek()!.standing,
      device: null,
      province: before.province!,
      receiptKeys: [{ id: key!.id, public: key!.public }],
      courierKey: other,
      deskLists: [],
    })
    expect(people.identity.peek().courierKey).toEqual(before.courierKey)
  })
})

describe('neither the file nor the courier’s tablet holds a word of it', () => {
  const words = ['ถ้อยคำที่ไม่มีใครควรอ่าน', 'กชกร สมมติลับ', 'school']

  /** Everything that lies on a tablet, as files. */
  const dump = async ({ tablet }: Worker, name: string): Promise<string> => {
    const to = join(folder, name)
    mkdirSync(to)
    for (const [lane, files] of Object.entries(tablet.disk))
      for (const [file, bytes] of files.flushed) writeFileSync(join(to, `${lane}-${file}`), bytes)
    const { database } = await tablet.ports()
    await database.open()
    for (const table of database.tables) {
      const rows = (await table.toArray()) as { bytes?: Uint8Array }[]
      const parts = rows.flatMap(({ bytes, ...row }) => [Buffer.from(JSON.stringify(row)), Buffer.from(bytes ?? [])])
      writeFileSync(join(to, table.name), Buffer.concat(parts))
    }
    database.close()
    return to
  }
  const found = (finds: readonly Find[]) => [...new Set(finds.map(({ word }) => word))].sort()

  test('while the scanner finds every word where it may lie', async () => {
    await saves(somchai, { outcome: `${words[0]} ${words[1]}` })
    const file = await fileOf(somchai)
    await takesAlong(malee, file)
    const carried = await dump(malee, 'courier')
    mkdirSync(join(folder, 'file'))
    writeFileSync(join(folder, 'file', 'sealed.txt'), file)
    writeFileSync(join(folder, 'file', 'sealed.age'), Buffer.from(readSealedFile(file)![0]!, 'base64url'))
    expect(found(findWords(join(folder, 'file'), words))).toEqual([])
    // her own places and curricula came down before: only what he wrote is looked for
    expect(found(findWords(carried, words.slice(0, 2)))).toEqual([])

    // positive controls: where he works, what the server opens, and the very lane on her tablet with the same words unsealed
    expect(found(findWords(await dump(somchai, 'origin'), words))).toEqual([...words].sort())
    mkdirSync(join(folder, 'opened'))
    const facts = { province: field.province.id, secret }
    writeFileSync(
      join(folder, 'opened', 'text'),
      (await openSealed(server.store.db, facts, readSealedFile(file)![0]!))!,
    )
    expect(found(findWords(join(folder, 'opened'), words))).toEqual([...words].sort())
    await takeAlong(malee.store, words.join(' '), 1)
    expect(found(findWords(await dump(malee, 'lane'), words.slice(0, 2)))).toEqual(words.slice(0, 2).sort())
  })
})
