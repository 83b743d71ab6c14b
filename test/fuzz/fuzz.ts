import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Role } from '#domain/roles.ts'
import { routesOf } from '#server/service.ts'
import { seal } from '#src/vault/seal.ts'
import { addStaff, beginWith, type Client, signInAs } from '#test/support/client.ts'
import { memoryUse } from '#test/support/memory-use.ts'
import { activityFields, makeId } from '#test/support/province.ts'
import { startServer } from '#test/support/whole-server.ts'
import { type Input, requests, type World } from './requests.ts'

/** What came of so many inputs. */
export interface Fuzzed {
  readonly inputs: number
  readonly statuses: Readonly<Record<number, number>>
  /** What the server answered with a fault, or not at all. */
  readonly faults: readonly string[]
  /** Ordinary pushes beside them that were taken in, of how many, and the longest, in milliseconds. */
  readonly neighbour: { readonly answered: number; readonly asked: number; readonly longest: number }
  /** Greatest resident memory of the server, MB. */
  readonly memory: number
}

const together = 12
const chunk = 240
/** Signed in anew after so many inputs: some of them sign people out, lock them or revoke their tablets. */
const reviveAfter = 1200

const roles: readonly Role[] = ['officer', 'trainer', 'supervisor', 'desk', 'administrator', 'observer']

/** Sends requests of every shape to the real server, from everybody and nobody, while a neighbour goes on working. */
export const fuzz = async ({ seed, inputs }: { readonly seed: number; readonly inputs: number }): Promise<Fuzzed> => {
  const server = await startServer({ env: { TRUST_PROXY: '1' } })
  const statuses: Record<number, number> = {}
  const faults: string[] = []
  const neighbour = { answered: 0, asked: 0, longest: 0 }
  let memory = 0
  let isAlive = true
  try {
    const admin = await beginWith(server)
    const place = makeId<RecordId>()
    await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
    for (const role of roles)
      await addStaff(server, admin, { name: 'สมมติ', username: `${role}-1`, roles: [role], wholeProvince: true })
    await addStaff(server, admin, { name: 'เพื่อนบ้านสมมติ', username: 'neighbour', roles: ['officer'], places: [place] })
    const victim = await addStaff(server, admin, {
      name: 'สมมติ',
      username: 'victim',
      roles: ['officer'],
      places: [place],
    })
    const beside = await signInAs(server, 'neighbour')
    const target = await signInAs(server, 'victim')
    const { province, courierKey } = (await (await target.get('/api/session')).json()) as {
      province: { id: string }
      courierKey: { public: string }
    }

    const revive = async (): Promise<ReadonlyMap<string, Client>> =>
      new Map(await Promise.all(roles.map(async (role) => [role, await signInAs(server, `${role}-1`)] as const)))

    const send = async (input: Input, callers: ReadonlyMap<string, Client>): Promise<void> => {
      const { body, isToBeSealed, packed, caller } = input
      const text = body !== null && isToBeSealed ? await seal(body.toWellFormed(), [courierKey.public]) : body
      const client = caller === null ? undefined : callers.get(caller)
      const headers: Record<string, string> = {
        'Bowon-Request': '1',
        'X-Forwarded-For': input.address,
        ...(client?.proofs() ?? {}),
        ...(text !== null && { 'Content-Type': input.type }),
        ...(text !== null && packed && { 'Content-Encoding': 'gzip' }),
      }
      const bytes = text === null ? null : packed ? gzipSync(text) : Buffer.from(text)
      const stop = new AbortController()
      try {
        const answer = await fetch(server.url + input.path, {
          method: input.method,
          headers,
          body: bytes && new Uint8Array(bytes),
          signal: AbortSignal.any([stop.signal, AbortSignal.timeout(60_000)]),
        })
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
        const isSlowed = answer.status === 503 && answer.headers.has('Retry-After')
        if (answer.status >= 500 && !isSlowed) faults.push(`${answer.status} ${JSON.stringify(input)}`)
        if (answer.headers.get('Content-Type') === 'text/event-stream') stop.abort()
        else await answer.arrayBuffer()
      } catch (error) {
        if (!stop.signal.aborted) faults.push(`${(error as Error).message} ${JSON.stringify(input)}`)
      }
    }

    const workBeside = async () => {
      while (isAlive) {
        neighbour.asked++
        const startedAt = performance.now()
        const { receipt } = await beside.write({ kind: 'activity', set: activityFields(place) })
        neighbour.longest = Math.max(neighbour.longest, performance.now() - startedAt)
        if (receipt.receipt.runs.length > 0) neighbour.answered++
        memory = Math.max(memory, memoryUse(server.pid))
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }

    let callers = await revive()
    const working = workBeside()
    let sent = 0
    for (let at = 0; at < inputs && faults.length < 20; at += chunk) {
      if (at > 0 && at % reviveAfter === 0) callers = await revive()
      const tablets = [target, ...callers.values()].map(({ device, staff, proofs }) => ({
        device,
        author: staff,
        credential: proofs().Authorization.split('.')[1]!,
      }))
      const known = [
        victim,
        place,
        target.device,
        province.id,
        makeId(),
        'victim',
        'nobody',
        'activity',
        'person',
        '2026-11-20',
        '1',
      ]
      const world: World = { pool: known, tablets, province: province.id, callers: [null, ...callers.keys()] }
      const some = fc.sample(requests(routesOf(), world), { seed: seed + at, numRuns: Math.min(chunk, inputs - at) })
      const queue = [...some]
      const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await send(next, callers)
      }
      await Promise.all(Array.from({ length: together }, worker))
      sent += some.length
    }
    isAlive = false
    await working
    return { inputs: sent, statuses, faults, neighbour, memory }
  } finally {
    isAlive = false
    await server.stop()
    if (faults.length > 0)
      faults.push(
        ...server
          .log()
          .split('\n')
          .filter((line) => line.includes('"err"'))
          .slice(0, 5),
      )
    server.forget()
  }
}
