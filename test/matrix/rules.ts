import type { Role } from '#domain/roles.ts'
import type { Cell, Write } from './cell.ts'
import { type KindRule, kindRules, type Need } from './kind-rules.ts'

/**
 * What the server must answer, told from docs/authority.md alone: nothing here is imported from the product but names of types, so that
 * a mistake there cannot be made here by the same line.
 */

interface AuthorFacts {
  /** What their staff record says; none for who is unknown, works here no more, or is no person. */
  readonly roles: readonly Role[]
  readonly everyPlace?: true
  readonly is?: 'this tablet'
}

/** All of them work at one place, *own*. */
export const authors = {
  officer: { roles: ['officer'] },
  trainer: { roles: ['trainer'] },
  supervisor: { roles: ['supervisor'] },
  desk: { roles: ['desk'] },
  administrator: { roles: ['administrator'], everyPlace: true },
  observer: { roles: ['observer'] },
  'officer and supervisor': { roles: ['officer', 'supervisor'] },
  'officer of the province': { roles: ['officer'], everyPlace: true },
  'inactive supervisor': { roles: [] },
  'withdrawn administrator': { roles: [] },
  'without a role': { roles: [] },
  'nobody known': { roles: [] },
  'the tablet': { roles: [], is: 'this tablet' },
  'another tablet': { roles: [] },
} as const satisfies Readonly<Record<string, AuthorFacts>>
export type Author = keyof typeof authors

interface ProofFacts {
  /** Whether the author is, or was at this `n`, signed in on the tablet. */
  readonly signedIn: boolean
  /** `void`: true once, or by a key that nobody knows; `false`: not of this person over this line on this tablet. */
  readonly signature: 'none' | 'true' | 'void' | 'false'
}

export const proofs = {
  'signed in': { signedIn: true, signature: 'none' },
  'never signed in': { signedIn: false, signature: 'none' },
  'signed out before this n': { signedIn: false, signature: 'none' },
  'signed out after this n': { signedIn: true, signature: 'none' },
  signature: { signedIn: true, signature: 'true' },
  'signature, never signed in': { signedIn: false, signature: 'true' },
  'key ended after this n': { signedIn: true, signature: 'true' },
  'key ended before this n': { signedIn: true, signature: 'void' },
  'key cut': { signedIn: true, signature: 'void' },
  'key cut that had ended after this n': { signedIn: true, signature: 'void' },
  'unknown key': { signedIn: true, signature: 'void' },
  'key of another person': { signedIn: true, signature: 'false' },
  'key of another tablet': { signedIn: true, signature: 'false' },
  'line of another tablet': { signedIn: true, signature: 'false' },
  'altered signature': { signedIn: true, signature: 'false' },
  'signature of another line': { signedIn: true, signature: 'false' },
  'signature for another province': { signedIn: true, signature: 'false' },
} as const satisfies Readonly<Record<string, ProofFacts>>
export type Proof = keyof typeof proofs

interface TabletFacts {
  readonly for: 'the province' | 'own' | 'other'
  readonly admits: boolean
  readonly revoked?: true
  readonly doubted?: true
}

/**
 * What an administrator has said of the tablet that sends (A5), whether they took it back (A8), and whether the server went back and nobody has
 * looked yet (A12).
 */
export const tabletStates = {
  'in force': { for: 'the province', admits: true },
  'for its own place': { for: 'own', admits: true },
  'for another place': { for: 'other', admits: true },
  'admits nobody': { for: 'the province', admits: false },
  'never enrolled': { for: 'the province', admits: false },
  revoked: { for: 'the province', admits: true, revoked: true },
  'in force, after a restore': { for: 'the province', admits: true, doubted: true },
} as const satisfies Readonly<Record<string, TabletFacts>>
export type TabletState = keyof typeof tabletStates

/** Nothing counts unsigned in the name of whoever holds one of these. */
const guarded: ReadonlySet<string> = new Set<Role>(['supervisor', 'desk', 'administrator'])

/** Every code under which a line may be held; it is accepted when there is none. */
export const objections = (cell: Cell): ReadonlySet<string> => {
  // nothing else is looked at (A8)
  const tablet: TabletFacts = tabletStates[cell.tablet]
  if (tablet.revoked) return new Set(['cut-off'])
  const rule = kindRules[cell.kind]
  if (!rule) return new Set(['unknown-kind'])
  return new Set([...toContent(cell, rule), ...toAuthor(cell, rule)])
}

const toContent = (cell: Cell, rule: KindRule): string[] => {
  const { writes, begins } = cell
  const against = writes.flatMap(({ field, does, names }) => [
    ...(rule.mustHave.includes(field) && (does === 'cleared' || does === 'left out') ? ['missing-field'] : []),
    ...(does === 'emptied' || names === 'another' ? ['invalid-value'] : []),
    // its id would no longer follow from it
    ...(!begins && rule.idFrom?.includes(field) ? ['invalid-value'] : []),
  ])
  return cell.id === 'another' ? [...against, 'invalid-value'] : against
}

const toAuthor = (cell: Cell, rule: KindRule): string[] => {
  const facts: AuthorFacts = authors[cell.author]
  const { signedIn, signature }: ProofFacts = proofs[cell.proof]
  const needs = needsOf(cell, rule)
  const asksPerson = needs.some(({ proof }) => proof === 'signature')
  if (rule.saidBy === 'tablet' && facts.is === 'this tablet') {
    return [
      ...(signature === 'none' ? [] : ['forged']),
      ...(asksPerson ? ['needs-the-person'] : []),
      ...(needs.some(({ only }) => only === 'where it began') && !(cell.begins || cell.begunHere)
        ? ['role-may-not-write']
        : []),
    ]
  }
  if (facts.roles.length === 0) return ['unknown-author']
  // who tells a complaint is inside its seal: a name beside it is nobody's
  if (rule.saidBy === 'tablet' && needs.some(({ proof }) => proof === 'word')) return ['unknown-author']
  const { roles } = facts
  const mustSign = asksPerson || roles.some((role) => guarded.has(role))
  return [
    ...(needs.every(({ by }) => by.some((role) => roles.includes(role))) ? [] : ['role-may-not-write']),
    ...(needs.some(({ only }) => only === 'whom it was put to') && !isPutTo(cell) ? ['not-put-to-you'] : []),
    ...toProof(mustSign, signedIn, signature),
    ...toPlace(cell, rule, facts),
    ...toTablet(cell, rule, roles),
    ...(rule.knowing && !cell.begins && cell.seen === false ? ['changed-meanwhile'] : []),
    ...(cell.takesLast ? ['last-administrator'] : []),
    ...(mustSign && isDoubted(cell.tablet) ? ['in-doubt'] : []),
  ]
}

const toProof = (mustSign: boolean, signedIn: boolean, signature: ProofFacts['signature']): string[] => {
  if (signature === 'true') return []
  if (signature === 'false') return ['forged']
  if (signature === 'void' || mustSign) return ['needs-the-person']
  return signedIn ? [] : ['not-signed-in-here']
}

/** Where the record is, and where the line would bring it. What hangs on a parent that is not here is its author's alone. */
const toPlace = (cell: Cell, rule: KindRule, { roles, everyPlace }: AuthorFacts): string[] => {
  const isTheirs = (where: Cell['place']) => {
    if (where === 'at the desk') return roles.includes('desk')
    return everyPlace || (where !== 'other' && where !== 'unknown')
  }
  const places = rule.lies === 'in no place' ? [] : [cell.place, cell.to ?? cell.place]
  return places.every(isTheirs) ? [] : ['place-not-yours']
}

/** A tablet is a ceiling: for whom it admits, and for the places that it was enrolled for; what has no place (yet) is within any. */
const toTablet = (cell: Cell, rule: KindRule, roles: readonly Role[]): string[] => {
  const { admits, for: place }: TabletFacts = tabletStates[cell.tablet]
  const isWithin = (where: Cell['place']) =>
    place === 'the province' || where === place || where === 'unknown parent' || where === 'at the desk'
  const places = rule.lies === 'in no place' ? [] : [cell.place, cell.to ?? cell.place]
  return [
    ...(admits || !roles.some((role) => guarded.has(role)) ? [] : ['not-admitted']),
    ...(places.every(isWithin) ? [] : ['place-not-of-this-tablet']),
  ]
}

export const isDoubted = (tablet: TabletState): boolean => (tabletStates[tablet] as TabletFacts).doubted === true

const isPutTo = ({ putTo }: Cell): boolean => putTo === 'the author' || putTo === 'this tablet'

/** A line needs the strongest proof of all that it writes, and the right to each. */
const needsOf = (cell: Cell, rule: KindRule): Need[] => {
  const needs = cell.writes.filter(({ does }) => does !== 'left out').flatMap((write) => needOf(write, cell, rule))
  if (cell.begins) {
    const alwaysThere = rule.mustHave.flatMap((field) => rule.apart?.[field] ?? [])
    needs.push(rule.begin, ...alwaysThere)
  }
  if (cell.withdrawn === 'signed') needs.push({ ...rule.withdraw, proof: 'signature' })
  return needs
}

const needOf = ({ field, does }: Write, { begins }: Cell, rule: KindRule): Need[] => {
  if (field === 'withdrawn') return [rule.withdraw]
  const once = rule.once?.[field]
  if (once && (does === 'rewritten' || does === 'struck')) return [once]
  const apart = rule.apart?.[field]
  if (apart) return [apart]
  return begins ? [] : [rule.alter]
}
