import type { Role } from '#domain/roles.ts'

/** The table "What a line needs" of docs/authority.md, in full. A kind or a field that it does not name fails the matrix. */

export interface Need {
  readonly by: readonly Role[]
  readonly proof: 'word' | 'signature'
  readonly only?: 'whom it was put to' | 'where it began'
}

export interface KindRule {
  /** A complaint is said by the tablet: its author is inside the seal. */
  readonly saidBy: 'person' | 'tablet'
  readonly begin: Need
  readonly alter: Need
  readonly withdraw: Need
  /** Every other field: who alters the record alters it. */
  readonly plain: readonly string[]
  /** Fields with a need of their own. */
  readonly apart?: Readonly<Record<string, Need>>
  /** Keyed sets whose entries a tablet writes once, and what it takes to write one again. */
  readonly once?: Readonly<Record<string, Need>>
  /** Parts of those that are written after the entry. */
  readonly later?: readonly string[]
  /** Fields and parts that name who wrote, or on what. */
  readonly names?: Readonly<Record<string, 'author' | 'tablet'>>
  readonly mustHave: readonly string[]
  readonly lies: 'at its place' | 'with its parent' | 'in no place'
  /** The field that says where. */
  readonly where?: string
  /** Its id follows from these. */
  readonly idFrom?: readonly string[]
  /** Counts only knowing what a person wrote there last. */
  readonly knowing?: true
}

const same = (need: Need) => ({ begin: need, alter: need, withdraw: need })
const signed = (...by: readonly Role[]): Need => ({ by, proof: 'signature' })
const capture: Need = { by: ['officer', 'trainer', 'supervisor', 'administrator'], proof: 'word' }
const answer: Need = { ...capture, only: 'whom it was put to' }
/** Any enrolled tablet: whoever works in the province may take a complaint on it. */
const told: Need = { by: ['officer', 'trainer', 'supervisor', 'desk', 'administrator'], proof: 'word' }
const goneOn: Need = { ...told, only: 'where it began' }
const person = { saidBy: 'person' } as const

const heads = ['under15', 'from15', 'from25', 'from60'].flatMap((age) =>
  ['Female', 'Male', 'Other'].map((sex) => `${age}${sex}`),
)

export const kindRules: Readonly<Record<string, KindRule>> = {
  place: {
    ...person,
    ...same(signed('supervisor', 'administrator')),
    plain: ['name', 'type', 'district', 'subdistrict', 'code'],
    mustHave: ['name', 'type'],
    lies: 'in no place',
  },
  person: {
    ...person,
    ...same(capture),
    plain: ['place', 'title', 'givenName', 'familyName', 'nickname', 'number', 'grade', 'seat'],
    mustHave: ['place', 'givenName'],
    lies: 'at its place',
    where: 'place',
  },
  staff: {
    ...person,
    ...same(signed('administrator')),
    plain: ['name', 'position', 'roles', 'places', 'wholeProvince', 'active'],
    mustHave: ['name'],
    lies: 'in no place',
    knowing: true,
  },
  'training-session': {
    ...person,
    ...same(capture),
    plain: ['place', 'heldOn', 'startsAt', 'endsAt', 'title', 'audience', 'modules', 'trainers', 'state', 'note'],
    mustHave: ['place', 'heldOn'],
    lies: 'at its place',
    where: 'place',
  },
  attendance: {
    ...person,
    ...same(capture),
    plain: ['session', 'person', 'marks'],
    once: { marks: signed('supervisor') },
    later: ['struckBy', 'correctedTo', 'correctedBy'],
    names: {
      'marks.taker': 'author',
      'marks.device': 'tablet',
      'marks.struckBy': 'author',
      'marks.correctedBy': 'author',
    },
    mustHave: ['session', 'person'],
    lies: 'with its parent',
    where: 'session',
    idFrom: ['session', 'person'],
  },
  activity: {
    ...person,
    ...same(capture),
    plain: [
      ...['node', 'type', 'place', 'heldOn', 'facilitator', 'outcome'],
      ...['rightsAreas', 'targetGroups', 'nhrpAreas', 'napAreas'],
      ...heads,
    ],
    mustHave: ['node', 'type', 'place', 'heldOn'],
    lies: 'at its place',
    where: 'place',
  },
  complaint: {
    saidBy: 'tablet',
    begin: told,
    alter: signed('desk'),
    withdraw: signed('desk'),
    plain: [],
    apart: { desk: goneOn, receivedOn: goneOn, parts: goneOn },
    once: { parts: signed('desk') },
    mustHave: ['desk', 'receivedOn', 'parts'],
    lies: 'in no place',
  },
  case: {
    ...person,
    ...same(signed('desk')),
    plain: ['complaint', 'state', 'nextOn', 'notes'],
    names: { 'notes.author': 'author' },
    mustHave: ['complaint'],
    lies: 'in no place',
    idFrom: ['complaint'],
  },
  question: {
    ...person,
    ...same(signed('supervisor')),
    plain: ['about', 'to', 'toDevice', 'field', 'text'],
    apart: { answer, answeredAt: answer, answeredBy: answer },
    names: { answeredBy: 'author' },
    mustHave: ['about', 'text'],
    lies: 'with its parent',
    where: 'about',
  },
  decision: {
    ...person,
    ...same(signed('supervisor')),
    plain: ['about', 'verdict', 'seen', 'epoch', 'note', 'decidedAt'],
    mustHave: ['about', 'verdict', 'seen'],
    lies: 'with its parent',
    where: 'about',
  },
  'code-list': {
    ...person,
    ...same(signed('administrator')),
    plain: ['name', 'note', 'items'],
    mustHave: ['name'],
    lies: 'in no place',
    idFrom: ['name'],
  },
  tablet: {
    ...person,
    ...same(signed('administrator')),
    plain: ['name', 'places', 'wholeProvince', 'admits', 'code', 'codeUntil'],
    // which device used the code, the server says
    apart: { device: signed() },
    mustHave: ['name'],
    lies: 'in no place',
    knowing: true,
  },
  // registered by the server, with the password: no line writes one
  key: {
    ...person,
    ...same(signed()),
    plain: ['person', 'device', 'public', 'proof', 'endedAt', 'cut'],
    mustHave: ['person', 'device', 'public', 'proof'],
    lies: 'in no place',
  },
  curriculum: {
    ...person,
    ...same(signed('supervisor', 'administrator')),
    plain: ['name', 'audience', 'thresholdMinutes', 'requireAllModules', 'modules'],
    mustHave: ['name', 'thresholdMinutes'],
    lies: 'in no place',
  },
}

/** Whether the table names a field of a kind. */
export const isNamed = (kind: string, field: string): boolean => {
  const rule = kindRules[kind]
  return rule !== undefined && (rule.plain.includes(field) || rule.apart?.[field] !== undefined)
}
