import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { staff } from '#domain/records/staff.ts'
import { isGuarded, onTablet } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import type { SignedInPerson, SignInNews } from '#src/store/identity-types.ts'
import { formerClaim } from '#src/store/own-devices.ts'
import type { Store } from '#src/store/store.ts'
import type { Reading } from '#src/store/types.ts'
import type { Keyring } from '#src/vault/keyring.ts'
import type { Api } from './api.ts'
import type { KeyNews } from './own-key.ts'

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
  readonly inDoubt: boolean
  readonly key: KeyNews | null
  readonly session: { readonly people: readonly StaffId[]; readonly expiresAt: number }
}

/** What the server would do for whom works here: unknown until it was asked. */
export interface Online {
  readonly state: 'unknown' | 'signed-in' | 'ended'
  readonly until?: number
  /** After a restore: what they do waits until an administrator has gone through who may act. */
  readonly inDoubt?: boolean
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
  /** Whoever works here holds a guarded role and has not opened their key in this tab: nothing of theirs is shown or written. */
  readonly locked: ReadonlySignal<boolean>
  /**
   * By the key that lies here, where the person has one: that needs no network. Else, and besides, by the server. `movesTo` is the other province
   * to which a person has said that the tablet goes, `code` what they have typed to enrol this browser.
   */
  signIn(username: string, password: string, how?: SignInHow): Promise<Result<SignedInPerson, Failure>>
  changePassword(current: string, next: string): Promise<Result<void, Failure>>
  /** Closes the keys of everybody. */
  lock(): void
  /** Hands the tablet to a colleague who has signed in on it before. */
  switchTo(person: StaffId): void
  /** Takes a person off this tablet, with what only they could read; what they saved is still sent. */
  leave(person: StaffId): Promise<void>
  /** Shows the server that whoever works here has their key open; false when they have not, or it is not heard. */
  renew(): Promise<boolean>
  /** Asks the server who is signed in; changes nothing when it cannot be reached. */
  refresh(): Promise<void>
}

interface SignInHow {
  readonly movesTo?: string | undefined
  readonly code?: string | undefined
}

/** Whoever holds a guarded role is not handed the tablet without their password (ADR 4). */
export const needsPassword = (person: SignedInPerson): boolean => isGuarded(person.standing)

export const createSession = (store: Store, api: Api, keyring: Keyring): Session => {
  const { people } = store
  /** Argon2id and what goes with it is loaded when somebody first types a password. */
  const ownKey = async () => (await import('./own-key.ts')).ownKey(store, api, keyring)
  const online = signal<Online>({ state: 'unknown' })
  const mustChange = signal(false)
  const colleagues = store.live(staff)

  /** A right given or taken while offline counts as soon as the staff record that says so is here. */
  const person = computed(() => {
    const known = people.current.value
    const record = known && colleagues.value?.find((one) => one.id === known.id)
    return known && record ? { ...known, standing: onTablet(standingOf(record), known.standing.within ?? null) } : known
  })

  const take = (answer: Welcome, taken: Result<SignedInPerson, Failure>): Result<SignedInPerson, Failure> => {
    if (!taken.ok) return taken
    online.value = { state: 'signed-in', until: answer.session.expiresAt, inDoubt: answer.inDoubt }
    mustChange.value = answer.mustChange
    return taken
  }

  const askServer = async (username: string, password: string, how: SignInHow = {}) => {
    const identity = people.identity.peek()
    const { device, credential, slip, enrolment } = identity
    const code = how.code || enrolment?.code
    const claim = { id: device, ...(code && { code }), ...(slip && { slip }), ...formerClaim(identity) }
    const answer = await api.post<Welcome>(
      '/api/sign-in',
      { username, password, device: claim, ...(credential && { credential }) },
      // so that whoever floods from the same address does not keep this tablet out
      credential ? { Authorization: `Device ${device}.${credential}` } : {},
    )
    // a link that is no good must not stand before a tablet that is known
    if (!answer.ok && answer.failure.code === 'wrong-enrolment-code' && credential) await people.enrol(null)
    if (!answer.ok) return answer
    const taken = take(answer.value, await people.signedIn({ ...answer.value, username }, how.movesTo))
    if (!taken.ok || answer.value.mustChange || !isGuarded(taken.value.standing)) return taken
    const refused = await (await ownKey()).ready(taken.value.id, password, answer.value.key)
    return refused ? fail(refused) : taken
  }

  /** The keys are closed at once; the server is told, so that a colleague cannot borrow the session. */
  const shut = () => {
    const wasOpen = keyring.open.peek().size > 0
    keyring.lock()
    if (wasOpen) void ownKey().then((key) => key.tellLocked())
  }

  /**
   * Somebody who has unlocked is asked for nothing more. Their key is enough where they are signed in; else the password is, and one that the
   * server no longer takes shuts their screens again.
   */
  const hearAgain = async (known: SignedInPerson, password: string): Promise<void> => {
    if (await (await ownKey()).renew(known.id)) return
    const answer = await askServer(known.username, password)
    if (!answer.ok && answer.failure.code === 'wrong-credentials') keyring.lock()
  }

  /** The administrators are told of a list that this tablet has refused, once a sitting: it may be an attack. */
  let told = ''
  const tellRefused = async (offered: Welcome['deskLists']) => {
    const newest = offered.at(-1)
    if (!newest) return
    const { listDigest } = await import('#domain/complaint/desk-list.ts')
    const digest = listDigest(newest.list)
    if (digest === told) return
    told = digest
    await api.post('/api/desk/refused', { number: newest.list.number, digest })
  }

  return {
    person,
    people: people.all,
    online,
    mustChange,
    locked: computed(() => {
      const someone = person.value
      return someone !== null && isGuarded(someone.standing) && !keyring.open.value.has(someone.id)
    }),
    async signIn(username, password, how) {
      const known = people.all.peek().find((one) => one.username === username)
      const opened = known ? await (await ownKey()).unlock(known.id, password) : 'none'
      if (opened === 'stopped') return fail(failure('key-stopped'))
      if (!known || opened !== 'open') return askServer(username, password, how)
      await people.switchTo(known.id)
      void hearAgain(known, password)
      return ok(known)
    },
    async changePassword(current, next) {
      const answer = await api.post<void>('/api/password', { current, next })
      if (!answer.ok) return answer
      mustChange.value = false
      const someone = person.peek()
      const refused =
        someone && isGuarded(someone.standing)
          ? await (await ownKey()).passwordChanged(someone.id, current, next)
          : null
      return refused ? fail(refused) : answer
    },
    lock: shut,
    switchTo(next) {
      shut()
      people.switchTo(next)
      online.value = { state: 'unknown' }
      mustChange.value = false
    },
    async leave(leaving) {
      // what was saved does not depend on it, so a server that cannot be reached is no reason to stay; nor is one that is slow
      const told = api.post('/api/sign-out', { person: leaving, lastN: store.lastN() })
      await people.signedOut(leaving)
      await told
    },
    async renew() {
      const someone = people.current.peek()
      if (!someone || !keyring.open.peek().has(someone.id)) return false
      return (await ownKey()).renew(someone.id)
    },
    async refresh() {
      if (!people.current.peek()) return
      const { desk } = people.identity.peek()
      const answer = await api.get<Welcome>(`/api/session?desk-list=${desk?.list.number ?? 0}`)
      if (answer.ok) {
        const known = people.all.peek().find(({ id }) => id === answer.value.person)
        // whoever was signed out meanwhile stays out
        if (!known) return
        const taken = take(answer.value, await people.refreshed({ ...answer.value, username: known.username }))
        if (people.untaken.peek()?.why === 'desk-list') void tellRefused(answer.value.deskLists)
        if (taken.ok && people.keyOf(known.id)) await (await ownKey()).heard(known.id, answer.value.key)
      } else if (answer.failure.code === 'not-signed-in') online.value = { state: 'ended' }
    },
  }
}
