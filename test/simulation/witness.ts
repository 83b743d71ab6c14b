import type { Doubted } from './doubts.ts'
import { sortedJson } from './fold.ts'
import type { Page, Tablet } from './tablet.ts'

/** By field, as sorted JSON, what a form has shown of those fields that ask where two wrote without knowing each other. */
export type Sight = Readonly<Record<string, readonly string[]>>

/** A change that a person was told is saved. */
export interface Kept {
  readonly tablet: Tablet
  readonly page: Page
  readonly device: string
  readonly n: number
  readonly record: string
  readonly set: unknown
  /** `wordsOf` it. */
  readonly words: string
  readonly replaces: number | undefined
  readonly key: string
  /**
   * Every number under which the same draft was saved with the same words. A tab may die with a save in its journal alone, and the draft be saved again in another: one of
   * them is the change, and stands for all.
   */
  readonly names: string[]
  /** When they were told, in milliseconds since the history began. */
  readonly at: number
}

export interface Tally {
  steps: number
  saves: number
  refused: number
  exchanges: number
  /** Changes in the log when a history ends, and those that are kept back then. */
  logged: number
  held: number
  crashes: number
  erasures: number
  restores: number
  looks: number
  attacks: number
  /** Held changes of honest tablets that somebody has let go of or taken in at the end. */
  releases: number
}

export const noTally = (): Tally => ({
  steps: 0,
  saves: 0,
  refused: 0,
  exchanges: 0,
  logged: 0,
  held: 0,
  crashes: 0,
  erasures: 0,
  restores: 0,
  looks: 0,
  attacks: 0,
  releases: 0,
})

/** Somebody who stands beside it all, and notes what was said and what the server's log really had, when. */
export interface Witness {
  readonly tally: Tally
  readonly kept: Kept[]
  /** Every form that was to be saved, in order, whether or not a person was told that it is: its tab, its draft, and `wordsOf` it. */
  readonly tries: Pick<Kept, 'page' | 'key' | 'words'>[]
  /** By `wordsOf`, what those forms have shown. */
  readonly sights: Map<string, Sight[]>
  /** What is wrong, in sentences. */
  readonly wrongs: string[]
  /** Which life of the server we are in: each restore begins another. */
  life: number
  /** How far the log of this life has been noted. */
  noted: number
  /** By change: the last life in which the log had it, or knew what had come of it. */
  readonly had: Map<string, number>
  /** Changes that the server has had at any time, in its log or held back. */
  readonly taken: Set<string>
  /** Records that the log had at any time. */
  readonly recordsHad: Set<string>
  /** By change: its line as it first left a tablet. */
  readonly lines: Map<string, string>
  /** By held change: those that have left a tablet to mend or drop it. */
  readonly mends: Map<string, Set<string>>
  /** Changes that came with no head that moves anything: the tablet's IndexedDB was erased, or it was revoked by then. */
  readonly headless: Set<string>
  /** Held changes that the administrator has dropped. */
  readonly dropped: Set<string>
  /** Parts of this life's log in which nothing signed may count. */
  doubts: readonly Doubted[]
  /** How many texts were written that no other change has. */
  tags: number
  /** What happened, for a person to read; null when nobody will. */
  readonly story: string[] | null
}

export const newWitness = (isTold: boolean): Witness => ({
  tally: noTally(),
  kept: [],
  tries: [],
  sights: new Map(),
  wrongs: [],
  life: 0,
  noted: 0,
  had: new Map(),
  taken: new Set(),
  recordsHad: new Set(),
  lines: new Map(),
  mends: new Map(),
  headless: new Set(),
  dropped: new Set(),
  doubts: [],
  tags: 0,
  story: isTold ? [] : null,
})

/** What a change says: almost always of one change alone. */
export const wordsOf = (record: string, set: unknown): string => `${record} ${sortedJson(set)}`

export const nameOf = ({ device, n }: { readonly device: string; readonly n: number }) => `${device} ${n}`

/**
 * Whether a tablet may say that the server has a change: it has it, or had it before a restore of which the tablet cannot know. What the
 * administrator dropped, and the tablet was told of, waits for nobody any more, also where a restore has forgotten that there was such a change.
 * What a safe change mends or drops is safe as well.
 */
export const mayBeCalledSafe = (witness: Witness, { tablet, names }: Kept): boolean => {
  const isSafe = (name: string): boolean => {
    const life = witness.had.get(name) ?? -1
    if (life >= tablet.learned || (life >= 0 && witness.dropped.has(name))) return true
    return [...(witness.mends.get(name) ?? [])].some(isSafe)
  }
  return names.some(isSafe)
}

/** What comes from a tablet that was revoked meanwhile: its head proves nothing any more. */
export const noteRevoked = ({ headless }: Witness, device: string, body: string): void => {
  for (const sent of body.split('\n').slice(1)) {
    const { n } = JSON.parse(sent.split('\t')[0]!) as { n: number }
    headless.add(nameOf({ device, n }))
  }
}

/** What leaves a tablet. Law 1: a change never alters, so each time its line is the same. */
export const noteSent = (witness: Witness, device: string, body: string): void => {
  const [header, ...lines] = body.split('\n')
  const { head, lost } = JSON.parse(header!) as { head?: object; lost?: object }
  for (const sent of lines) {
    // its signature may come later
    const line = sent.split('\t')[0]!
    const { n, replaces } = JSON.parse(line) as { n: number; replaces?: number }
    const name = nameOf({ device, n })
    if (!head && !lost) witness.headless.add(name)
    if (replaces !== undefined) {
      const mended = nameOf({ device, n: replaces })
      witness.mends.set(mended, (witness.mends.get(mended) ?? new Set()).add(name))
    }
    const before = witness.lines.get(name)
    if (before === undefined) witness.lines.set(name, line)
    else if (before !== line) witness.wrongs.push(`change ${n} of ${device} was altered after it was sent: ${line}`)
  }
}
