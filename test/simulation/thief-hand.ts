import { chanceOf } from './chance.ts'
import type { Thief } from './thief.ts'
import { noteServer } from './wire.ts'
import { nameOf } from './witness.ts'
import { tell, type World } from './world.ts'

export interface Said {
  readonly author?: string
  readonly kind: string
  readonly record: string
  readonly set: object
  readonly base?: object
  readonly replaces?: number
}

/** One line that the thief has sent, and how. */
export interface SentByThief {
  readonly n: number
  readonly line: string
  /** Which of his requests it was in. */
  readonly request: number
  /** With a head that the server has signed. */
  readonly isShown: boolean
  /** Sealed for this province; all that he pushes is. */
  readonly isOfHere: boolean
  /** The server has taken the request. */
  isTaken: boolean
}

export const activity = (place: string) => ({ node: 'school', type: 'talk', place, heldOn: '2026-11-02' })
const garbage = (seed: number) => Buffer.from(chanceOf(seed).bytes(64)).toString('base64url')

/** What the thief writes with, in one attack. */
export const handOf = (world: World, which: number) => {
  const { thief, people, witness, server } = world
  const officer = people[1]!
  const line = ({ author = officer, ...said }: Said, n = ++thief.n) =>
    JSON.stringify({ n, at: world.serverNow(), seen: 0, v: 1, author, ...said })
  const capture = (place: string, author = officer, more: object = {}) =>
    line({ author, kind: 'activity', record: world.id(), set: { ...activity(place), ...more } })
  // what the officer has written elsewhere he may write here as well
  const heard = [...witness.lines.values()].filter((one) => (JSON.parse(one) as Said).author !== officer)
  const signed = () =>
    server.machine.rows(`select proof from changes where province = ? and proof like ?`, server.province, '%.%')
  return {
    officer,
    line,
    capture,
    /** A record that is there already. */
    known: world.records[which % world.records.length]!,
    overheard: heard.length > 0 ? heard[which % heard.length]! : null,
    /** The number of the log, and a chain that it never had. */
    head: { epoch: server.epoch(), seq: server.head(), chain: 'f'.repeat(64) },
    trueHead: { epoch: server.epoch(), seq: server.head(), chain: server.chain() },
    forged: (text: string) => `${text}\t${world.chance.happens(0.7) ? thief.key : world.id()}.${garbage(which)}`,
    /** Under the signature of another line; null where nobody has signed anything. */
    underAnother(text: string): string | null {
      const all = signed()
      return all.length > 0 ? `${text}\t${all[which % all.length]!.proof}` : null
    },
    fromOutside: () => [
      `{"n":${++thief.n},"at":${world.serverNow()},"seen":0,"v":1,"author":"${officer}","kind":"constructor","record":"${world.id()}","set":{}}`,
      capture(world.places[0]!, officer, { constructor: 'x', toString: 'y' }),
      `{"n":${++thief.n},"at":0,"seen":0,"v":1,"author":"__proto__","kind":"activity","record":"${world.id()}","set":{"__proto__":{"on":true}}}`,
    ],
  }
}
export type Hand = ReturnType<typeof handOf>

/** Notes what the thief sends; to be told whether the server has taken it. */
export const noteThief = (
  { thief, witness }: World,
  lines: readonly string[],
  { isShown, isOfHere = true }: { readonly isShown: boolean; readonly isOfHere?: boolean },
): ((isTaken: boolean) => void) => {
  const request = ++thief.requests
  const noted = lines.map((sent): SentByThief => {
    const line = sent.split('\t')[0]!
    const { n } = JSON.parse(line) as { n: number }
    if (!isShown) witness.headless.add(nameOf({ device: thief.device, n }))
    return { n, line, request, isShown, isOfHere, isTaken: false }
  })
  thief.sent.push(...noted)
  return (isTaken) => {
    for (const one of noted) one.isTaken = isTaken
  }
}

/** One request of the thief's; the server answers it or refuses it, and nothing else may come of it. */
export const push = async (world: World, lines: readonly string[], header: object = {}, isShown = false) => {
  const { thief, server, witness } = world
  tell(world, () => `the thief sends ${JSON.stringify(header)} ${lines.join(' ')}`)
  const said = { protocol: 2, device: thief.device, now: world.serverNow(), ...header }
  const note = noteThief(world, lines, { isShown })
  const body = [JSON.stringify(said), ...lines].join('\n')
  const { status, text } = await server.answer(thief.device, body, { revoked: thief.revokedAt !== null, dies: false })
  note(status === 200)
  tell(world, () => `the thief is answered: ${status} ${text.slice(0, 200)}`)
  if (status >= 500) witness.wrongs.push(`the server failed under an attack: ${text}`)
  noteServer(world)
}

export const newThief = (stolen: Pick<Thief, 'device' | 'key'>): Thief => ({
  ...stolen,
  n: 0,
  revokedAt: null,
  requests: 0,
  sent: [],
  bag: [],
})
