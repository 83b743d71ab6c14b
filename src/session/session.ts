import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Result } from '#domain/kernel/result.ts'
import { staff } from '#domain/records/staff.ts'
import { hasRole, type Role } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { formerClaim } from '#src/store/own-devices.ts'
import type { Store } from '#src/store/store.ts'
import type { Reading, SignedInPerson, SignInNews } from '#src/store/types.ts'
import type { Api } from './api.ts'

/** What the server says of itself before anybody signs in. */
export interface ProvinceNews {
  readonly setUp: boolean
  readonly name: string
  readonly sample: boolean
  readonly publicUrlUsable: boolean
  readonly version: string
}

interface Welcome extends Omit<SignInNews, 'username'> {
  readonly mustChange: boolean
  readonly session: { readonly people: readonly StaffId[]; readonly expiresAt: number }
}

/** What the server would do for whom works here: unknown until it was asked. */
export interface Online {
  readonly state: 'unknown' | 'signed-in' | 'ended'
  readonly until?: number
}

/**
 * Who works on this tablet. Being signed in offline depends on nothing that expires: the session with the server only decides whether
 * records can be received (law 10, law 13).
 */
export interface Session {
  /** Who works here now, with the rights that their staff record on this tablet gives; null before anybody signs in. */
  readonly person: Reading<SignedInPerson | null>
  readonly people: Reading<readonly SignedInPerson[]>
  readonly online: ReadonlySignal<Online>
  readonly mustChange: ReadonlySignal<boolean>
  signIn(username: string, password: string, deviceName: string): Promise<Result<SignedInPerson, Failure>>
  changePassword(current: string, next: string): Promise<Result<void, Failure>>
  /** Hands the tablet to a colleague who has signed in on it before. */
  switchTo(person: StaffId): void
  /** Takes a person off this tablet, with what only they could read; what they saved is still sent. */
  leave(person: StaffId): Promise<void>
  /** Asks the server who is signed in; changes nothing when it cannot be reached. */
  refresh(): Promise<void>
}

/** Roles that see more than their own places' work: they are not handed over without the password (ADR 4). */
const guarded: readonly Role[] = ['supervisor', 'desk', 'administrator']

export const needsPassword = (person: SignedInPerson): boolean => hasRole(person.standing, ...guarded)

export const createSession = (store: Store, api: Api): Session => {
  const { people } = store
  const online = signal<Online>({ state: 'unknown' })
  const mustChange = signal(false)
  const colleagues = store.live(staff)

  /** A right given or taken while offline counts as soon as the staff record that says so is here. */
  const person = computed(() => {
    const known = people.current.value
    const record = known && colleagues.value?.find((one) => one.id === known.id)
    return known && record ? { ...known, standing: standingOf(record) } : known
  })

  const take = async (answer: Welcome, username: string): Promise<Result<SignedInPerson, Failure>> => {
    const taken = await people.signedIn({ ...answer, username })
    if (!taken.ok) return taken
    online.value = { state: 'signed-in', until: answer.session.expiresAt }
    mustChange.value = answer.mustChange
    return taken
  }

  return {
    person,
    people: people.all,
    online,
    mustChange,
    async signIn(username, password, deviceName) {
      const identity = people.identity.peek()
      const { device, credential } = identity
      const answer = await api.post<Welcome>('/api/sign-in', {
        username,
        password,
        device: { id: device, name: deviceName, ...formerClaim(identity) },
        ...(credential && { credential }),
      })
      return answer.ok ? take(answer.value, username) : answer
    },
    async changePassword(current, next) {
      const answer = await api.post<void>('/api/password', { current, next })
      if (answer.ok) mustChange.value = false
      return answer
    },
    switchTo(next) {
      people.switchTo(next)
      online.value = { state: 'unknown' }
      mustChange.value = false
    },
    async leave(leaving) {
      // what was saved does not depend on it, so a server that cannot be reached is no reason to stay; nor is one that is slow
      const told = api.post('/api/sign-out', { person: leaving })
      await people.signedOut(leaving)
      await told
    },
    async refresh() {
      if (!people.current.peek()) return
      const answer = await api.get<Welcome>('/api/session')
      if (answer.ok) {
        const known = people.all.peek().find(({ id }) => id === answer.value.person)
        // whoever was signed out meanwhile stays out
        if (known) await take(answer.value, known.username)
      } else if (answer.failure.code === 'not-signed-in') online.value = { state: 'ended' }
    },
  }
}
