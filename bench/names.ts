// Whether the time of an answer tells which user names exist: a wrong password for names that somebody has and names that nobody has, in pairs of
// which each is first in turn; then each name once more, too early, which the server refuses to look at. Every name is tried from another address.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareServer, startServer } from '#test/support/server.ts'
import { atShare, medianOf } from './measure.ts'
import { addOfficers, trySignIn, usernameOf } from './sign-ins.ts'

const pairs = Number(process.env.PAIRS ?? 400)
const warmUps = 20
const load = loadavg()[0]!

interface Taken {
  readonly known: number[]
  readonly unknown: number[]
}
const first: Taken = { known: [], unknown: [] }
const early: Taken = { known: [], unknown: [] }

const dataDir = mkdtempSync(join(tmpdir(), 'bowon-names-'))
try {
  const tablets = await prepareServer({ dataDir }, 1)
  await addOfficers({ dataDir }, tablets, pairs + warmUps)
  const server = await startServer({ dataDir }, { environment: { TRUST_PROXY: '1' } })
  for (let i = 0; i < pairs + warmUps; i++) {
    const address = `10.0.${i >> 8}.${i & 255}`
    const ask = async (of: keyof Taken) => {
      const username = of === 'known' ? usernameOf(i) : `visitor${i}`
      const trying = () => trySignIn(server.port, { username, password: 'ไม่ใช่รหัสผ่านนี้แน่' }, { address })
      for (const [taken, status] of [
        [first, 401],
        [early, 429],
      ] as const) {
        const answer = await trying()
        if (answer.status !== status) throw new Error(`${of} name: ${answer.status} ${answer.text}`)
        if (i >= warmUps) taken[of].push(answer.ms)
      }
    }
    for (const of of i % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) await ask(of)
  }
  await server.stop()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}

const spread = (values: readonly number[]) =>
  `${medianOf(values).toFixed(2)} (${atShare(values, 0.25).toFixed(2)}–${atShare(values, 0.75).toFixed(2)})`
/** How often a known name took longer than the unknown one of its pair; a half tells nothing. */
const longer = ({ known, unknown }: Taken) =>
  (known.filter((ms, i) => ms > unknown[i]!).length / known.length).toFixed(2)
const row = (what: string, taken: Taken) =>
  `| ${what} | ${pairs} | ${spread(taken.known)} | ${spread(taken.unknown)} | **${(medianOf(taken.known) / medianOf(taken.unknown)).toFixed(3)}** | ${longer(taken)} |`

const text = `# Whether the time of an answer tells which names exist

A wrong password to the real server over loopback, for names that somebody has and names that nobody has, in pairs of which each is first in turn; ms, median (middle half). *Too early* is the same name again at once,
which is refused unlooked at. *Longer* is how often the known name of a pair took longer: a half tells nothing. ${cpus().length} × ${cpus()[0]!.model}; load ${load.toFixed(1)} before it began.

| attempt | pairs | known | unknown | ratio of medians | longer |
|---|---|---|---|---|---|
${row('looked at', first)}
${row('too early', early)}
`
console.log(text)
if (process.env.QUOTE !== 'no') writeFileSync(new URL('./names.md', import.meta.url), text)
