// The shipped store on a page of its own, in the hands of a test.
import { effect } from '@preact/signals'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { createApi } from '#src/session/api.ts'
import { ownKey } from '#src/session/own-key.ts'
import { browserPorts } from '#src/store/browser.ts'
import { openStore } from '#src/store/store.ts'
import type { Edit } from '#src/store/types.ts'
import { browserSyncPorts } from '#src/sync/browser.ts'
import { startSync } from '#src/sync/sync.ts'
import { createKeyring } from '#src/vault/keyring.ts'

const keyring = createKeyring()
const ports = await browserPorts(keyring)
const store = await openStore(ports)
const api = createApi(fetch.bind(globalThis), () => store.people.current.peek()?.id ?? null)
const nobody = newId<RecordId>(ports.random)
const place = newId<RecordId>(ports.random)
const list = store.live(activity)
effect(() => void list.value)

const edit = (count: number, more: Partial<Edit> = {}): Edit => ({
  kind: 'activity',
  record: newId<RecordId>(ports.random),
  base: null,
  set: { node: 'school', type: 'talk', place, heldOn: '2026-11-23', from15Female: count },
  author: store.people.current.peek()?.id ?? nobody,
  ...more,
})

const page = {
  journalKind: store.journalKind,
  recovered: store.recovered.peek(),
  device: store.people.identity.peek().device as string,
  async save(count: number) {
    const saved = await store.save(edit(count))
    return saved.ok ? saved.value : Promise.reject(new Error(saved.failure.failure.code))
  },
  async saveTogether(counts: readonly number[]) {
    const saved = await store.saveAll(counts.map((count) => edit(count)))
    return saved.ok ? saved.value : Promise.reject(new Error(saved.failure.failure.code))
  },
  /** Saves one after the other for ever; each save is told to the test's server as soon as it is acknowledged. */
  async saveForEver(told: string) {
    for (let count = 1; ; count++) {
      const one = await page.save(count)
      void fetch(`${told}?n=${one.n}&record=${one.record}&count=${count}`, { method: 'POST' })
    }
  },
  async saveAndTell(told: string, count: number) {
    const { n, record } = await page.save(count)
    await fetch(`${told}?n=${n}&record=${record}&count=${count}`, { method: 'POST' })
    return n
  },
  async all() {
    const views = await store.records(activity)
    return views.map(({ id, values, safety }) => ({ id: id as string, count: values.from15Female, safety }))
  },
  listed: () => list.peek()?.length ?? null,
  waiting: async () => (await store.exchange.queue()).map(({ n }) => n),
  async signIn(username: string, password: string, code: string) {
    const { device, credential } = store.people.identity.peek()
    const answer = await fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Bowon-Request': '1' },
      body: JSON.stringify({
        username,
        password,
        device: { id: device, code },
        ...(credential && { credential }),
      }),
    })
    const welcome = await answer.json()
    const taken = await store.people.signedIn({ ...welcome, username })
    if (!taken.ok) return false
    return (await ownKey(store, api, keyring).ready(taken.value.id, password, welcome.key)) === null
  },
  begin() {
    const sync = startSync(browserSyncPorts(store, ports, Date.now()))
    effect(() => {
      document.body.dataset.badge = sync.badge.value.state
      document.body.dataset.failure = sync.state.value.failure?.code ?? ''
    })
  },
  draft: store.draft<string>('a draft'),
}

export type StorePage = typeof page
Object.assign(globalThis, { page })
document.title = 'ready'
