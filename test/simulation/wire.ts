import { createHash } from 'node:crypto'
import type { Reply, Transport } from '#src/sync/transport.ts'
import type { Page, Tablet } from './tablet.ts'
import { nameOf, noteRevoked, noteSent } from './witness.ts'
import { tell, type World } from './world.ts'

/** Shorter than the program's own, so that a history does not spend its time waiting. */
const givenUp = 15_000

/** The line between a page and the server, as its weather is when the request leaves. */
export const lineTo = (world: World, tablet: Tablet, page: Page): Transport => ({
  exchange: (body) =>
    new Promise((resolve) => {
      const { time, witness } = world
      const { chance, weather, answered } = tablet
      const arrive = (reply: Reply | null, ms = 5 + chance.below(150)) =>
        time.after(ms, () => page.alive && resolve(reply))
      tell(world, () => `tablet ${tablet.number}, tab ${page.number} asks (${weather}): ${gistOfRequest(body)}`)
      noteSent(witness, tablet.device, body)
      witness.tally.exchanges++
      if (weather === 'no-network') return void arrive(null)
      if (weather === 'portal') return void arrive(reply(200, '<html>Sign in to the hotel</html>'))
      if (weather === 'liar') return void arrive(reply(200, lie(tablet.device, body, world)))
      if (weather === 'busy') return void arrive({ ...reply(503, busy), retryAfter: 1 + chance.below(20) })
      const reach = (ms: number) => new Promise<Reply>((hear) => deliver(world, tablet, body, ms, hear))
      if (weather === 'strayed') {
        void reach(givenUp + chance.below(300_000))
        return void arrive(null, givenUp)
      }
      if (weather === 'twice') void reach(chance.below(100_000))
      void reach(5 + chance.below(100)).then((answer) => {
        const { life } = witness
        if (weather === 'answer-lost') return void arrive(null, givenUp)
        if (weather === 'cut')
          return void arrive({ ...answer, text: answer.text.slice(0, chance.below(answer.text.length)) })
        time.after(weather === 'slow' ? 10_000 : 5 + chance.below(150), () => {
          if (!page.alive) return
          // whoever is answered has shown that it knows of every restore before
          if (answer.status === 200) tablet.learned = life
          if (answer.status === 200) noteAnswered(answered, body, answer)
          tell(world, () => `tablet ${tablet.number}, tab ${page.number} is answered: ${gistOfAnswer(answer)}`)
          resolve(answer)
        })
      })
    }),
})

const gistOfRequest = (body: string) => {
  const [header, ...lines] = body.split('\n')
  const { person, cursor, head } = JSON.parse(header!)
  return `${JSON.stringify({ person, cursor, head: head && `${head.seq} ${head.epoch} ${head.chain.slice(0, 6)}` })} ${lines.join(' ')}`
}

const gistOfAnswer = ({ status, text }: Reply) => {
  if (status !== 200) return `${status} ${text}`
  const { results, receipt, records, gone, cursor, settled } = JSON.parse(text)
  const { epoch, seq, chain, runs, held } = receipt.receipt
  const news = records.map((one: { id: string; seq?: number }) => `${one.id}@${one.seq ?? 'last'}`)
  return JSON.stringify({
    results,
    head: `${seq} ${epoch} ${chain.slice(0, 6)}`,
    runs,
    held,
    settled,
    news,
    gone,
    cursor,
  })
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex')

/** Everything right but the signature. */
const lie = (device: string, body: string, { server, serverNow }: World): string => {
  const [header, ...lines] = body.split('\n')
  const { head } = JSON.parse(header!) as { head?: { seq: number; chain: string } }
  // a signature stands beside its line
  const bare = lines.map((line) => line.split('\t')[0]!)
  const named = bare.map((line) => ({ n: (JSON.parse(line) as { n: number }).n, digest: sha(`${device}\n${line}`) }))
  named.sort((a, b) => a.n - b.n)
  const { seq, chain } = head ?? { seq: 0, chain: '' }
  const receipt = {
    ...{ key: server.key.id, device, epoch: server.epoch(), seq, chain, time: serverNow() },
    runs: named.map(({ n }, index) => [n, seq + index + 1, 1]),
    ...{ stamps: {}, held: [], digest: sha(named.map(({ digest }) => digest).join('')) },
  }
  const signed = { receipt, signature: Buffer.alloc(64).toString('base64url') }
  const nothing = { results: [], records: [], gone: [], cursor: null, more: false, backup: 0, lastN: 0 }
  return JSON.stringify({ protocol: 1, now: serverNow(), receipt: signed, ...nothing })
}

interface Told {
  readonly more: boolean
  readonly receipt: { readonly receipt: { readonly epoch: string; readonly seq: number } }
}

/** Up to which head somebody has read, once nothing more is waiting for them. */
const noteAnswered = (answered: Tablet['answered'], body: string, { text }: Reply): void => {
  const { more, receipt } = JSON.parse(text) as Told
  const { epoch, seq } = receipt.receipt
  if (!more) answered.set(personOf(body), `${epoch} ${seq}`)
}

const personOf = (body: string) => (JSON.parse(body.split('\n', 1)[0]!) as { person?: string }).person ?? ''

const reply = (status: number, text: string): Reply => ({ status, text })
const busy = JSON.stringify({ failure: { code: 'unavailable' } })

const deliver = (world: World, tablet: Tablet, body: string, ms: number, hear: (reply: Reply) => void): void => {
  const { time, server, witness } = world
  time.after(ms, async () => {
    const dies = tablet.weather === 'killed' && !world.calm
    try {
      if (tablet.revoked) noteRevoked(witness, tablet.device, body)
      const answer = await server.answer(tablet.device, body, { revoked: tablet.revoked, dies })
      noteServer(world)
      if (answer.status === 409) askOperator(world, answer)
      if (answer.status >= 500 && answer.status !== 502) witness.wrongs.push(`the server failed: ${answer.text}`)
      hear(answer)
    } catch (cause) {
      witness.wrongs.push(`the server threw: ${cause instanceof Error ? cause.stack : cause}`)
    }
  })
}

/** A tablet tells of a log that this server does not know: the one before a restore. The operator knows, and says so after a while. */
const askOperator = ({ time, server }: World, { text }: Reply): void => {
  const { failure } = JSON.parse(text) as { failure: { code: string; detail: string } }
  if (failure.code === 'split-server') time.after(2000, () => void server.declareOver(failure.detail))
}

/** Notes what the server's log has now, and what it has settled. */
export const noteServer = ({ server, witness }: World): void => {
  const { machine, province } = server
  const logged = machine.rows(
    'select seq, device, n, record from changes where province = ? and seq > ? order by seq',
    province,
    witness.noted,
  )
  const held = machine.rows('select device, n, state from held where province = ?', province)
  const settled = held.filter(({ state }) => state !== 'held')
  for (const row of [...logged, ...held]) witness.taken.add(nameOf(row as { device: string; n: number }))
  for (const { record } of logged) witness.recordsHad.add(record as string)
  witness.noted = (logged.at(-1)?.seq ?? witness.noted) as number
  for (const row of [...logged, ...settled]) witness.had.set(nameOf(row as { device: string; n: number }), witness.life)
}
