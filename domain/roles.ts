/** Who may do what (docs/security.md). A person may have several roles; `desk` is given to supervisors who may open complaints. */
export const roles = ['officer', 'trainer', 'supervisor', 'desk', 'administrator', 'observer'] as const
export type Role = (typeof roles)[number]

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

/** Who reads a kind of record at all, in one word; its scope then says which of them. */
export const readers = {
  everybody: roles,
  /** Whoever works in the province. An observer looks on from outside and reads no person. */
  colleagues: ['officer', 'trainer', 'supervisor', 'desk', 'administrator'],
  desk: ['desk'],
  administrators: ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>
export type Readers = keyof typeof readers

/** Roles that see or decide so much that nothing counts in the name of whoever holds one but what they have signed (docs/authority.md). */
const guardedRoles = ['supervisor', 'desk', 'administrator'] as const satisfies readonly Role[]

/** Roles whose people read every place of the province; the others read the places they are given. */
const provinceWide: ReadonlySet<Role> = new Set<Role>(['administrator'])

export interface Standing {
  readonly staff: string
  readonly roles: readonly Role[]
  /** Places this person works at; `'*'` stands for the whole province. */
  readonly places: readonly string[]
  /** Places that the tablet they work on is for (docs/authority.md, A5); absent where it is for the whole province. */
  readonly within?: readonly string[]
}

export const hasRole = (standing: Pick<Standing, 'roles'>, ...wanted: readonly Role[]): boolean =>
  standing.roles.some((role) => wanted.includes(role))

export const isGuarded = (standing: Pick<Standing, 'roles'>): boolean => hasRole(standing, ...guardedRoles)

export const readsEveryPlace = (standing: Standing): boolean =>
  standing.within === undefined &&
  (standing.places.includes('*') || standing.roles.some((role) => provinceWide.has(role)))

/** What somebody may do on a tablet that is for these places; null for the whole province. */
export const onTablet = (standing: Standing, within: readonly string[] | null): Standing => {
  if (within === null) return standing
  const places = readsEveryPlace(standing) ? within : standing.places.filter((place) => within.includes(place))
  return { ...standing, places, within }
}
