import type { Author, Proof, TabletState } from './rules.ts'

/** What a line does to one field. */
export interface Write {
  readonly field: string
  /**
   * Of a keyed set: an entry is `added`, one that is there is `rewritten` in a part that is written once, `amended` in another, `repeated`
   * in the same words or `struck` out, or the whole is `emptied`.
   */
  readonly does: 'set' | 'cleared' | 'left out' | 'added' | 'rewritten' | 'amended' | 'repeated' | 'struck' | 'emptied'
  readonly part?: string
  /** Whom it names, where it says who wrote it or on which tablet. */
  readonly names?: 'another'
}

type Where = 'own' | 'other' | 'unknown' | 'unknown parent' | 'at the desk'

/** One line of somebody on some tablet, told without an id. */
export interface Cell {
  readonly kind: string
  readonly begins: boolean
  readonly writes: readonly Write[]
  readonly author: Author
  readonly proof: Proof
  readonly tablet: TabletState
  /** Place of the record, or of its parent. */
  readonly place: Where
  /** Where the line would bring it. */
  readonly to?: Where
  readonly id?: 'another'
  readonly begunHere?: boolean
  readonly putTo?: 'the author' | 'a colleague' | 'this tablet' | 'another tablet' | 'nobody'
  /** How it was withdrawn, where the line takes that back. */
  readonly withdrawn?: 'no' | 'by word' | 'signed'
  /** Whether the author had seen what somebody signed there last. */
  readonly seen?: boolean
  /** Whether it would take away the last administrator. */
  readonly takesLast?: true
}

export const tellCell = ({ writes, ...cell }: Cell): string => {
  const doings = writes.map(({ field, does, part, names }) =>
    [field, part && `.${part}`, ' ', does, names && ' naming another'].filter(Boolean).join(''),
  )
  const facts = Object.entries(cell).map(([name, value]) => `${name}: ${value}`)
  return `${facts.join(', ')}; ${doings.join(' and ')}`
}
