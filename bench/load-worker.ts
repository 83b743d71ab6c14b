// One process of `load.ts` with some of the tablets: works offline, says so, and returns when it is told to.
import { readFileSync } from 'node:fs'
import type { SyncAnswer } from '#domain/protocol.ts'
import { numbersOf } from '#domain/receipt.ts'
import type { Away } from '#test/support/away.ts'
import { type Returning, workOffline } from '#test/support/returning.ts'

const [file, from, to, changes] = process.argv.slice(2) as [string, string, string, string]
const away = (JSON.parse(readFileSync(file, 'utf8')) as Away[]).slice(Number(from), Number(to))

/** What a worker tells: `ready`, how many changes a verified receipt covers so far, and at last what it saw. */
export type Told = 'ready' | { readonly acknowledged: number } | { readonly seen: Seen }

export interface Seen {
  /** Milliseconds of every exchange that was answered. */
  readonly ms: readonly number[]
  /** How often each status was answered; 0 is a line that broke. */
  readonly statuses: Readonly<Record<number, number>>
  readonly held: number
  readonly waiting: number
  readonly safe: number
}

/** An exchange that was asked for once more may end after everything has been told. */
const tell = (what: Told) => process.connected && process.send!(what)

const tablets: Returning[] = []
for (const [i, one] of away.entries()) tablets.push(await workOffline(one, Number(from) + i + 1, Number(changes)))
tell('ready')

process.once('message', async (port: number) => {
  const ms: number[] = []
  const statuses: Record<number, number> = {}
  let held = 0
  let acknowledged = 0
  await Promise.all(
    tablets.map((one) =>
      one.goOnline(port, (talk) => {
        statuses[talk.status] = (statuses[talk.status] ?? 0) + 1
        if (talk.status === 0) return
        ms.push(talk.ms)
        if (talk.status !== 200) return console.error(talk.status, talk.text.slice(0, 300))
        const { results, receipt } = JSON.parse(talk.text) as SyncAnswer
        held += results.length
        acknowledged += numbersOf(receipt.receipt).size
        tell({ acknowledged })
      }),
    ),
  )
  let [waiting, safe] = [0, 0]
  for (const one of tablets) {
    const counts = await one.counts()
    waiting += counts.waiting
    held += counts.held
    safe += counts.safe
    one.close()
  }
  tell({ seen: { ms, statuses, held, waiting, safe } })
  process.disconnect()
})
