import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let somchai: Worker
let malee: Worker

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer', 'supervisor'], [school])
})
afterEach(() => server.end())

const shown = (worker: Worker, record: RecordId) => worker.store.record<typeof activity>(record)
const female = async (worker: Worker, record: RecordId) => (await shown(worker, record))?.values.from15Female
const logged = async () => (await field.province.log()).filter(({ line }) => line.includes('"activity"'))

describe('two tablets and a server', () => {
  test('what Somchai saves reaches Malee, and he sees it safe', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    expect((await shown(somchai, edit.record))?.safety).toBe('tablet')
    expect(await somchai.sync()).toMatchObject({ state: 'quiet', progress: { waiting: 0, reads: true } })
    expect((await shown(somchai, edit.record))?.safety).toBe('safe')
    await malee.sync()
    expect(await female(malee, edit.record)).toBe(12)
  })

  test('each alters another field of what both had seen, and both alterations stand on both tablets', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await malee.sync()
    const [his, hers] = [await shown(somchai, edit.record), await shown(malee, edit.record)]
    await somchai.store.save({ ...edit, base: his!.base, set: { from15Female: 13 } })
    await malee.store.save({ ...edit, base: hers!.base, set: { from15Male: 4 }, author: malee.staff })
    await somchai.sync()
    await malee.sync()
    await somchai.sync()
    for (const worker of [somchai, malee]) {
      expect((await shown(worker, edit.record))?.values).toMatchObject({ from15Female: 13, from15Male: 4 })
    }
  })

  test('a base claims nothing that stands on a page still to come', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await malee.sync()
    const alter = async (worker: Worker, set: Record<string, string | number>) => {
      const { base } = (await shown(worker, edit.record))!
      await worker.store.save({ ...edit, base, set, author: worker.staff })
    }
    await alter(malee, { from15Female: 50 })
    await malee.sync()
    await alter(somchai, { outcome: 'ก่อนอ่านต่อ' })
    somchai.weather = 'answer-lost'
    await somchai.sync()
    somchai.weather = 'fair'
    for (let i = 0; i < 80; i++) await malee.store.save(anActivity(malee, school))
    await malee.sync()
    await alter(malee, { facilitator: 'ครูสมมติ' })
    await malee.sync()
    // he corrects the count when a first page has come, and the one with Malee's count has not
    const { base } = await somchai
      .syncOnce()
      .then(() => shown(somchai, edit.record))
      .then((view) => view!)
    await somchai.store.save({ ...edit, base, set: { from15Female: 13 } })
    for (const worker of [somchai, malee, somchai]) await worker.sync()
    for (const worker of [somchai, malee])
      expect(Object.keys((await shown(worker, edit.record))!.conflicts)).toEqual(['from15Female'])
  })

  test('both count the same people differently, and both are asked', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await malee.sync()
    const base = (await shown(malee, edit.record))!.base
    await somchai.store.save({ ...edit, base, set: { from15Female: 20 } })
    await malee.store.save({ ...edit, base, set: { from15Female: 30 }, author: malee.staff })
    await somchai.sync()
    await malee.sync()
    await somchai.sync()
    const [his, hers] = [await shown(somchai, edit.record), await shown(malee, edit.record)]
    expect(Object.keys(his!.conflicts)).toEqual(['from15Female'])
    expect(his!.values).toEqual(hers!.values)
    expect(his!.conflicts.from15Female!.map(({ value }) => value).sort()).toEqual([20, 30])
  })

  test('what nobody could read here was not seen: a count that came meanwhile is asked about, not replaced', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await malee.sync()
    const hers = await shown(malee, edit.record)
    await malee.store.save({ ...edit, base: hers!.base, set: { from15Female: 30 }, author: malee.staff })
    await malee.sync()
    await somchai.store.save({ ...edit, base: (await shown(somchai, edit.record))!.base, set: { from15Male: 4 } })
    // nobody is signed in there: the tablet sends and receives nothing
    await somchai.store.people.switchTo(null)
    await somchai.sync()
    await somchai.store.people.switchTo(somchai.staff)
    await somchai.store.save({ ...edit, base: (await shown(somchai, edit.record))!.base, set: { from15Female: 20 } })
    await somchai.sync()
    await malee.sync()
    for (const worker of [somchai, malee]) {
      const { conflicts } = (await shown(worker, edit.record))!
      expect(conflicts.from15Female?.map(({ value }) => value).sort()).toEqual([20, 30])
    }
  })

  test('work of weeks without a network goes up in one go, in any order of closing and opening', async () => {
    somchai.weather = 'no-network'
    const edits = Array.from({ length: 40 }, () => anActivity(somchai, school))
    for (const edit of edits) await somchai.store.save(edit)
    await somchai.sync()
    await somchai.restart()
    expect(await somchai.store.exchange.queue()).toHaveLength(40)
    somchai.weather = 'fair'
    await somchai.sync()
    await malee.sync()
    for (const { record } of edits) expect(await female(malee, record)).toBe(12)
  })
})

describe('a bad line', () => {
  test('when the answer is lost the same bytes go again, and nothing is doubled', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    somchai.weather = 'answer-lost'
    expect((await somchai.sync()).state).toBe('later')
    expect((await shown(somchai, edit.record))?.safety).toBe('tablet')
    somchai.tablet.now += 60_000
    await somchai.restart()
    somchai.weather = 'fair'
    await somchai.sync()
    expect((await shown(somchai, edit.record))?.safety).toBe('safe')
    expect(await logged()).toHaveLength(1)
    const [first, second] = somchai.sent.map((body) => body.split('\n')[1])
    expect(second).toBe(first)
  })

  test('a request that arrives twice counts once', async () => {
    somchai.weather = 'twice'
    await somchai.store.save(anActivity(somchai, school))
    await somchai.sync()
    expect(await logged()).toHaveLength(1)
  })

  test('a hotel’s sign-in page is no receipt', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    somchai.weather = 'portal'
    expect(await somchai.sync()).toMatchObject({ state: 'later', failure: { code: 'unavailable' } })
    expect((await shown(somchai, edit.record))?.safety).toBe('tablet')
  })

  test.each([
    ['whose signature is not the server’s', (text: string) => text.replace(/"signature":"./, '"signature":"A')],
    ['that claims a change which was not sent', (text: string) => text.replace(/"runs":\[\[1,/, '"runs":[[2,')],
    ['that was cut in half', (text: string) => text.slice(0, text.length / 2)],
  ])('an answer %s makes nothing safe', async (_, forge) => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    somchai.forge = forge
    expect((await somchai.sync()).state).toBe('later')
    expect((await shown(somchai, edit.record))?.safety).toBe('tablet')
    somchai.forge = (text) => text
    await somchai.sync()
    expect((await shown(somchai, edit.record))?.safety).toBe('safe')
  })
})

describe('what the server holds back', () => {
  test('is mended also where the server no longer knows that it held it', async () => {
    const wrong = anActivity(somchai, await field.province.place('ที่อื่นสมมติ'))
    await somchai.store.save(wrong)
    await somchai.sync()
    // a backup of a time when it had not been held: the log is the same
    await server.store.transaction(({ db }) => db.deleteFrom('held').execute())
    await somchai.store.save({ ...wrong, set: { ...wrong.set, place: school }, replaces: 1 })
    await somchai.sync()
    expect(await somchai.store.exchange.heldNumbers()).toEqual([])
    expect((await shown(somchai, wrong.record))?.safety).toBe('safe')
  })

  test('stays on the tablet with its reason, blocks no other record, and is mended', async () => {
    const elsewhere = await field.province.place('โรงเรียนอื่น')
    const wrong = anActivity(somchai, elsewhere)
    const right = anActivity(somchai, school)
    await somchai.store.saveAll([wrong, right])
    await somchai.sync()
    expect((await shown(somchai, right.record))?.safety).toBe('safe')
    expect((await shown(somchai, wrong.record))?.safety).toBe('aside')
    expect(await somchai.store.exchange.queue()).toEqual([])

    const mended = await somchai.store.save({ ...wrong, set: { ...wrong.set, place: school }, replaces: 1 })
    expect(mended.ok).toBe(true)
    await somchai.sync()
    expect(await shown(somchai, wrong.record)).toMatchObject({ safety: 'safe', values: { place: school } })
    await malee.sync()
    expect(await female(malee, wrong.record)).toBe(12)
  })
})

describe('what a tablet may lose', () => {
  test('an erased IndexedDB is rebuilt from the journal and the server', async () => {
    const edits = [anActivity(somchai, school), anActivity(somchai, school)] as const
    await somchai.store.save(edits[0])
    await somchai.sync()
    await malee.store.save(anActivity(malee, school))
    await malee.sync()
    await somchai.store.save(edits[1])
    somchai.tablet.eraseDatabase()
    await somchai.restart()
    expect(somchai.store.recovered.peek()).toEqual({ changes: 2 })
    await somchai.sync()
    for (const { record } of edits) expect((await shown(somchai, record))?.safety).toBe('safe')
    expect(await somchai.store.records(activity)).toHaveLength(3)
    expect(await logged()).toHaveLength(3)
  })
})
