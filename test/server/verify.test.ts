import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { verifyDatabase } from '#server/operations/verify/database.ts'
import { verifyFile } from '#server/operations/verify/file.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { activityFields, beginProvince, makeId, makeTablet, secret, temporaryStore } from '#test/support/province.ts'

let postgres: TestPostgres
let folder: string
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  postgres = await startPostgres()
  folder = mkdtempSync(join(tmpdir(), 'bowon-verify-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Kind = 'sqlite' | 'postgresql'

/** A province with some work in its log: records that were altered, one of them dropped, and lines in the access log. */
const begin = async (kind: Kind = 'sqlite') => {
  const made = await temporaryStore(kind === 'postgresql' ? await postgres.createDatabase() : undefined)
  ends.push(made.end)
  const { store } = made
  const province = await beginProvince(store)
  const place = await province.place('โรงเรียนสมมติ')
  const officer = (await province.staff(['officer'], [place])) as StaffId
  const tablet = await makeTablet(store, province, officer)
  const [record, empty] = [makeId(), makeId()]
  await tablet.send([tablet.change(record, 'activity', activityFields(place)), tablet.change(empty, 'activity', {})])
  await tablet.send([tablet.change(record, 'activity', { outcome: 'ดี' }, tablet.base())])
  await tablet.send([tablet.change(empty, 'activity', {}, { replaces: 2 })])
  for (const act of ['signed-in', 'exported'] as const)
    await store.transaction(({ db }) => writeDown(db, province.id, { at: 1, staff: officer, device: null, act }))
  return { store, province, record, dataDir: made.options.dataDir }
}

const faults = async (findings: Promise<readonly { is: string; text: string }[]>) =>
  (await findings).filter(({ is }) => is === 'bad').map(({ text }) => text)

describe.each<Kind>(['sqlite', 'postgresql'])('the database on %s', (kind) => {
  const altered = async (alter: (db: Tx['db'], facts: { record: string }) => Promise<unknown>) => {
    const { store, record } = await begin(kind)
    await store.transaction(({ db }) => alter(db, { record }))
    return faults(verifyDatabase(store, secret))
  }

  test('is found whole', async () => {
    const { store } = await begin(kind)
    expect(await verifyDatabase(store, secret)).toEqual([
      { is: 'good', text: 'The log is one chain from the first change to number 6.' },
      { is: 'good', text: 'The epoch is the last of 1.' },
      { is: 'good', text: 'All 4 records are what their changes in the log make of them.' },
      { is: 'good', text: 'The receipt key is there, and SECRET_KEY opens it.' },
      { is: 'good', text: 'The access log is one chain.' },
    ])
    expect(await faults(verifyDatabase(store, 'another secret'))).toEqual(['SECRET_KEY does not open the receipt key.'])
  })

  test.each<[string, (db: Tx['db'], facts: { record: string }) => Promise<unknown>, string]>([
    [
      'a change that was altered',
      async (db) => {
        const { line } = await db.selectFrom('changes').select('line').where('seq', '=', 4).executeTakeFirstOrThrow()
        return db
          .updateTable('changes')
          .set({ line: line.replace('school', 'temple') })
          .where('seq', '=', 4)
          .execute()
      },
      'The change at number 4 is not the one that was sent.',
    ],
    [
      'a stamp that was altered',
      (db) => db.updateTable('changes').set({ stamp: 1 }).where('seq', '=', 4).execute(),
      'The log breaks at number 4.',
    ],
    [
      'a change that was taken out',
      (db) => db.deleteFrom('changes').where('seq', '=', 3).execute(),
      'The log has number 4 after 2.',
    ],
    [
      'an end that was cut off',
      (db) => db.deleteFrom('changes').where('seq', '=', 6).execute(),
      'The log ends at number 5, not at 6.',
    ],
    [
      'another head',
      (db) => db.updateTable('provinces').set({ chain: 'x' }).execute(),
      'The head of the log at number 6',
    ],
    [
      'another epoch',
      (db) => db.updateTable('provinces').set({ epoch: 'x' }).execute(),
      'The epoch of the province is',
    ],
    [
      'a record that was altered',
      async (db, { record }) => {
        const { body } = await db
          .selectFrom('records')
          .select('body')
          .where('id', '=', record)
          .executeTakeFirstOrThrow()
        return db
          .updateTable('records')
          .set({ body: body.replace('ดี', 'แย่') })
          .where('id', '=', record)
          .execute()
      },
      'is not what its changes in the log make of it.',
    ],
    [
      'a record that is gone',
      (db, { record }) => db.deleteFrom('records').where('id', '=', record).execute(),
      'is in the log and not among the records.',
    ],
    [
      'a record from nowhere',
      (db, { record }) => db.updateTable('records').set({ id: 'zz' }).where('id', '=', record).execute(),
      'is in the log and not among the records.',
    ],
    ['no receipt key', (db) => db.deleteFrom('keys').execute(), 'The key that signs receipts is missing.'],
    [
      'an access log with a gap',
      (db) => db.deleteFrom('access_log').where('seq', '=', 1).execute(),
      'The access log breaks at line 1.',
    ],
  ])('with %s is not', async (_, alter, sentence) => {
    expect(await altered(alter)).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]))
  })
})

describe('a backup', () => {
  const backUp = async (store: Store) => {
    const file = join(folder, `${makeId()}.gz`)
    await takeBackup(store, file, { version: '0.0.0', now: Date.UTC(2026, 10, 2) })
    return file
  }
  /** Another file, in which a forger has corrected the hash and the number of rows too. */
  const forge = (file: string, alter: (lines: string[]) => string[]) => {
    const lines = gunzipSync(readFileSync(file)).toString().split('\n').slice(0, -2)
    const body = alter(lines)
    const rows: Record<string, number> = {}
    let table = ''
    for (const line of body.slice(1)) {
      const value = JSON.parse(line) as { table: string } | unknown[]
      if (Array.isArray(value)) {
        rows[table]!++
        continue
      }
      table = value.table
      rows[table] = 0
    }
    const text = body.map((line) => `${line}\n`).join('')
    const end = JSON.stringify({ rows, sha256: createHash('sha256').update(text).digest('hex') })
    const forged = join(folder, `${makeId()}.gz`)
    writeFileSync(forged, gzipSync(`${text}${end}\n`))
    return forged
  }
  const without = (pattern: RegExp) => (lines: string[]) => {
    const at = lines.findIndex((line) => pattern.test(line))
    expect(at).toBeGreaterThan(0)
    return lines.toSpliced(at, 1)
  }
  const replaced = (from: string, to: string) => (lines: string[]) => {
    const text = lines.join('\n')
    expect(text).toContain(from)
    return text.replace(from, to).split('\n')
  }

  test('is found whole, with and without the secret key', async () => {
    const file = await backUp((await begin()).store)
    expect(await verifyFile(file, secret)).toMatchObject([
      { is: 'good', text: expect.stringContaining('Format 1, taken 2026-11-02T00:00:00.000Z by version 0.0.0') },
      { is: 'good', text: expect.stringContaining('6 changes') },
      { is: 'good', text: 'The log is one chain from the first change to number 6.' },
      { is: 'good', text: 'The epoch is the last of 1.' },
      { is: 'good', text: 'The receipt key is there, and SECRET_KEY opens it.' },
      { is: 'good', text: 'The access log is one chain.' },
    ])
    expect((await verifyFile(file, null)).map(({ is }) => is)).toEqual(['good', 'good', 'good', 'good', 'note', 'good'])
    expect(await faults(verifyFile(file, 'another secret'))).toEqual([expect.stringContaining('does not open it')])
  })

  test('that a forger has altered is not, even with its hash and counts corrected', async () => {
    const { store, province } = await begin()
    const file = await backUp(store)
    const faultsOf = (alter: (lines: string[]) => string[]) => faults(verifyFile(forge(file, alter), secret))
    expect(await faultsOf((lines) => lines)).toEqual([])
    expect(await faultsOf(replaced('ดี', 'แย่'))).toEqual([expect.stringContaining('is not the one that was sent')])
    expect(await faultsOf(without(/^\["[^"]+",3,/))).toEqual([expect.stringContaining('number 4 after 2')])
    expect(await faultsOf(without(/"receipt"/))).toEqual(['The key that signs receipts is missing.'])
    expect(await faultsOf(without(/"signed-in"/))).toEqual(['The access log breaks at line 1.'])
    const epochRow = `["${province.id}","${province.epoch}",1`
    expect(await faultsOf(replaced(epochRow, `["${province.id}","another",1`))).toEqual([
      expect.stringContaining('The epoch of the province'),
    ])
  })

  test('and the command says each line and ends with 0 only when all is well', async () => {
    const { store, dataDir } = await begin()
    const file = await backUp(store)
    const program = fileURLToPath(new URL('../../sync-server/operations/verify.ts', import.meta.url))
    const run = (...args: readonly string[]) =>
      new Promise<{ code: number; out: string }>((resolve) => {
        const env = { PATH: process.env.PATH, DATA_DIR: dataDir, SECRET_KEY: 'a secret of the test, long enough' }
        execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
        )
      })
    const wrong = await run(file)
    expect(wrong.code).toBe(1)
    expect(wrong.out).toContain('FAIL The receipt key is there, but this SECRET_KEY does not open it')
    const missing = await run(join(folder, 'nowhere.gz'))
    expect(missing).toEqual({ code: 1, out: 'FAIL The backup cannot be read (ENOENT).\n' })
    const own = await run()
    expect(own.code).toBe(1)
    expect(own.out).toContain('ok   The log is one chain from the first change to number 6.')
    expect(own.out).toContain('FAIL SECRET_KEY does not open the receipt key.')
    await store.transaction(({ db }) => db.deleteFrom('keys').execute())
    const nothing = mkdtempSync(join(folder, 'nothing-'))
    const { code } = await new Promise<{ code: number }>((resolve) =>
      execFile(process.execPath, [program], { env: { PATH: process.env.PATH, DATA_DIR: nothing } }, (error) =>
        resolve({ code: Number(error?.code ?? 0) }),
      ),
    )
    expect(code).toBe(0)
  })
})
