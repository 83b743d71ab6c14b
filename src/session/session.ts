import { type ReadonlySignal, signal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { ok, type Result } from '#domain/kernel/result.ts'
import { hasRole, type Role } from '#domain/roles.ts'
import type { Store } from '#src/store/store.ts'
import type { SignedInPerson, SignInNews } from '#src/store/types.ts'
import type { Api } from './api.ts'

/** What the server says of itself before anybody signs in. */
export interface ProvinceNews {
  readonly setUp: boolean
  readonly name: string
  readonly sample: boolean
  readonly publicUrlUsable: boolean
  readonly version: string
}

interface SignInAnswer extends SignInNews {
  readonly mustChange: boolean
  readonly device: { readonly id: string; readonly credential?: string }
  readonly session: { readonly people: readonly StaffId[]; readonly expiresAt: number }
}

/**
 * Who works on this tablet. Being signed in offline depends on nothing that expires: the session with the server only decides whether
 * records can be received (law 10, law 13).
 */
export interface Session {
  readonly person: Store['person']
  readonly people: Store['people']
  /** Whether the server would answer this person: unknown until it was asked. */
  readonly online: ReadonlySignal<{ readonly state: 'unknown' | 'signed-in' | 'ended'; readonly until?: number }>
  readonly mustChange: ReadonlySignal<boolean>
  signIn(username: string, password: string, deviceName: string): Promise<Result<SignedInPerson, Failure>>
  changePassword(current: string, next: string): Promise<Result<void, Failure>>
  /** Hands the tablet to a colleague who has signed in on it before. */
  switchTo(staff: StaffId): Promise<void>
  /** Takes a person off this tablet; what they saved stays and is sent. */
  leave(staff: StaffId): Promise<void>
  /** Asks the server who is signed in; changes nothing when it cannot be reached. */
  refresh(): Promise<void>
}

/** Roles that see more than their own places' work: they are not handed over without the password (ADR 4). */
const guarded: readonly Role[] = ['supervisor', 'desk', 'administrator']

export const needsPassword = (person: SignedInPerson): boolean => hasRole(person.standing, ...guarded)

export const createSession = (store: Store, api: Api): Session => {
  const online = signal<Session['online']['value']>({ state: 'unknown' })
  const mustChange = signal(false)

  const take = async (answer: SignInAnswer): Promise<SignedInPerson> => {
    await store.signedIn({ ...answer, ...(answer.device.credential && { credential: answer.device.credential }) })
    online.value = { state: 'signed-in', until: answer.session.expiresAt }
    mustChange.value = answer.mustChange
    return answer.person
  }

  return {
    person: store.person,
    people: store.people,
    online,
    mustChange,
    async signIn(username, password, deviceName) {
      const { device, credential } = store.identity.peek()
      const answer = await api.post<SignInAnswer>('/api/sign-in', {
        username,
        password,
        device: { id: device, name: deviceName },
        ...(credential && { credential }),
      })
      return answer.ok ? ok(await take(answer.value)) : answer
    },
    async changePassword(current, next) {
      const answer = await api.post<void>('/api/password', { current, next })
      if (answer.ok) mustChange.value = false
      return answer
    },
    async switchTo(staff) {
      await store.switchTo(staff)
      online.value = { state: 'unknown' }
    },
    async leave(staff) {
      // what was saved does not depend on it, so a server that cannot be reached is no reason to stay
      await api.post('/api/sign-out', { person: staff })
      await store.leave(staff)
    },
    async refresh() {
      if (!store.person.peek()) return
      const answer = await api.get<SignInAnswer>('/api/session')
      if (answer.ok) await take(answer.value)
      else if (answer.failure.code === 'not-signed-in') online.value = { state: 'ended' }
    },
  }
}
