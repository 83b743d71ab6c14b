// Officers sign in and sync at a real server: with nobody else there, then beside 400 hostile connections, 300 streams and a stranger who guesses at one
// of them, then with nobody else again. Prints their medians with and without, and the server's memory before, during and after.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { memoryUse } from '#test/support/memory-use.ts'
import {
  exchangeWith,
  prepareServer,
  type RunningServer,
  type ServerTablet,
  startServer,
} from '#test/support/server.ts'
import { atShare, medianOf } from './measure.ts'
import { addOfficers, password, trySignIn, usernameOf } from './sign-ins.ts'
import { newRecords } from './workload.ts'

const officers = 20
const streams = 300
const strangers = Number(process.env.STRANGERS ?? 400)
const rounds = Number(process.env.ROUNDS ?? 10)
/** MB. */
const allowed = 350
const load = loadavg()[0]!

interface Seen {
  readonly signIn: number[]
  readonly sync: number[]
  /** Greatest memory while they worked, MB. */
  memory: number
  /** What they were answered otherwise than well. */
  readonly refused: Record<string, number>
}

/** Each officer in turn signs in on their tablet and sends five captures, as they come to work one after another. */
const atWork = async (server: RunningServer, tablets: readonly ServerTablet[], from: number): Promise<Seen> => {
  const seen: Seen = { signIn: [], sync: [], memory: 0, refused: {} }
  const refused = (what: string) => {
    seen.refused[what] = (seen.refused[what] ?? 0) + 1
  }
  const watch = setInterval(() => {
    seen.memory = Math.max(seen.memory, memoryUse(server.pid))
  }, 100)
  for (let round = 0; round < rounds; round++) {
    for (const [i, tablet] of tablets.slice(0, officers).entries()) {
      const came = await trySignIn(server.port, { username: usernameOf(i), password }, { tablet })
      if (came.status === 200) seen.signIn.push(came.ms)
      else refused(`sign-in ${came.status}`)
      const lines = newRecords(tablets, i, (from + round + 1) * 5).slice(-5)
      const startedAt = performance.now()
      const { status } = await exchangeWith(server.port, tablet, {}, lines)
      if (status === 200) seen.sync.push(performance.now() - startedAt)
      else refused(`sync ${status}`)
    }
  }
  clearInterval(watch)
  return seen
}

/** Opens so many streams; answers how to close them, once all of them are open. */
const listen = async (port: number, tablets: readonly ServerTablet[]): Promise<() => void> => {
  const open = await Promise.all(
    tablets.map(async ({ cookie }) => {
      const asked = request({ port, host: '127.0.0.1', path: '/api/events', headers: { Cookie: cookie } })
      asked.end()
      const [response] = await once(asked, 'response')
      if (response.statusCode !== 200) throw new Error(`stream: ${response.statusCode}`)
      response.on('error', () => undefined).resume()
      return asked
    }),
  )
  return () => {
    for (const one of open) one.destroy()
  }
}

const attack = (port: number) => {
  const child = fork(fileURLToPath(new URL('./door-strangers.ts', import.meta.url)), [String(port), String(strangers)])
  return async (): Promise<Record<string, number>> => {
    const told = once(child, 'message')
    child.send('over')
    return (await told)[0]
  }
}

/** Memory when it has been still for ten seconds, at most two minutes after. */
const settled = async (pid: number): Promise<number> => {
  let lowest = memoryUse(pid)
  for (let quiet = 0, i = 0; quiet < 10 && i < 120; i++) {
    await pause(1000)
    const now = memoryUse(pid)
    quiet = now < lowest - 1 ? 0 : quiet + 1
    lowest = Math.min(lowest, now)
  }
  return memoryUse(pid)
}

const dataDir = mkdtempSync(join(tmpdir(), 'bowon-door-'))
const run = async () => {
  const tablets = await prepareServer({ dataDir }, officers + streams)
  await addOfficers({ dataDir }, tablets, officers)
  const server = await startServer({ dataDir }, { environment: { TRUST_PROXY: '1' } })
  await atWork(server, tablets, 0)
  const alone = await atWork(server, tablets, rounds)
  const before = await settled(server.pid)
  const close = await listen(server.port, tablets.slice(officers))
  const end = attack(server.port)
  // they are all there before anybody comes to work
  await pause(5000)
  const beside = await atWork(server, tablets, 2 * rounds)
  const answered = await end()
  close()
  const again = await atWork(server, tablets, 3 * rounds)
  const after = await settled(server.pid)
  await server.stop()
  return { alone, beside, again, before, after, answered }
}
const { alone, beside, again, before, after, answered } = await run().finally(() =>
  rmSync(dataDir, { recursive: true, force: true }),
)

const spread = (values: readonly number[]) => `${medianOf(values).toFixed(1)} (p95 ${atShare(values, 0.95).toFixed(1)})`
const row = (what: string, of: 'signIn' | 'sync') => {
  const without = [...alone[of], ...again[of]]
  return `| ${what} | ${beside[of].length} | ${spread(without)} | ${spread(beside[of])} | **${(medianOf(beside[of]) / medianOf(without)).toFixed(2)}** |`
}
const refusals = Object.entries(beside.refused).map(([what, times]) => `${what}: ${times}`)
const text = `# At the door

${officers} officers, one after another, sign in on their tablets and send five captures each, ${rounds} times; the real server over loopback, first alone, then beside ${strangers} hostile connections from as many addresses (a third sends bodies of 1.4 MB to
where only tablets may send, a third trickles bodies of 1.3 MB, a third guesses; all come back a second after they are sent away), ${streams} streams, and a stranger who guesses at one of the officers without a pause; then alone again. ms, median. The strangers' own work is done on the same
processors, when nobody else wants them. ${cpus().length} × ${cpus()[0]!.model}; load ${load.toFixed(1)} before it began.

| what | times | without | with | ratio |
|---|---|---|---|---|
${row('sign in', 'signIn')}
${row('sync', 'sync')}

Refused to officers meanwhile: ${refusals.join(', ') || '0'}. Answered to strangers, by status (0: cut off): ${JSON.stringify(answered)}.

| memory of the server, MB | before | most during | bound | after | after ÷ before |
|---|---|---|---|---|---|
| resident | ${before.toFixed(0)} | ${beside.memory.toFixed(0)} | ${allowed} | ${after.toFixed(0)} | **${(after / before).toFixed(2)}** |

*Before* is after officers had worked for a while, so that the program is warm; *after* once they have worked as long again. It is back when it is at most a quarter above.
`
console.log(text)
if (process.env.QUOTE !== 'no') writeFileSync(new URL('./door.md', import.meta.url), text)
