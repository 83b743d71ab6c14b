import { computed, signal } from '@preact/signals'
import type { Enrolment } from '#domain/authority/enrolment.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Result } from '#domain/kernel/result.ts'
import type { Core } from './core.ts'
import { writeIdentity } from './identity.ts'
import type { Identity, SignedInPerson, SignInNews, Untaken, WrappedKey } from './identity-types.ts'
import { late } from './late.ts'
import type { Reading } from './types.ts'

interface OpenedPeople extends People {
  /** The tablet forgets who it was, and everything else; false while something still waits to be sent. */
  forget(): Promise<boolean>
  /** For the exchange alone: this tablet is another device from now on. */
  replace(next: Identity): Promise<void>
  /** Another tab has written the identity down. */
  heard(stored: Identity): void
}

/** Who has signed in on this tablet, and who works on it now. Switching between them needs no network (law 13). */
export interface People {
  readonly identity: Reading<Identity>
  readonly all: Reading<readonly SignedInPerson[]>
  /** Who works here now; null before the first sign-in and after the last sign-out. */
  readonly current: Reading<SignedInPerson | null>
  /** At once for this tablet's screens; the promise is for what is written down. */
  switchTo(person: StaffId | null): Promise<void>
  /**
   * Takes in a sign-in. `not-permitted` with detail `other-province` while changes of the province served so far still wait to be
   * sent, with detail `which-province` when a person has not said that the tablet moves to that one, and with detail `receipt-key` when the
   * server's key is none that this tablet trusts.
   */
  signedIn(news: SignInNews, movesTo?: string): Promise<Result<SignedInPerson, Failure>>
  /** Takes in what the server says though nobody has typed anything: what is pinned only moves forward by it. */
  refreshed(news: SignInNews): Promise<Result<SignedInPerson, Failure>>
  /** What the last answer offered and was not taken; null when all of it was. */
  readonly untaken: Reading<Untaken | null>
  /** Keeps what an administrator's link has told until a sign-in has made this browser a tablet; null drops what is no good. */
  enrol(told: Enrolment | null): Promise<void>
  /** Lays down a person's signing key, in the place of the one before it. */
  keepKey(key: WrappedKey): Promise<void>
  /** Forgets a key that no longer counts. */
  dropKey(person: StaffId): Promise<void>
  /** The key of this person on this tablet, as it lies here. */
  keyOf(person: StaffId): WrappedKey | null
  /** What nobody who stays may read leaves with them, at once and with no network; what they wrote is still sent. */
  signedOut(person: StaffId): Promise<void>
}

export const openPeople = (core: Core, identity: { value: Identity; peek(): Identity }): OpenedPeople => {
  const all = computed(() => identity.value.people)
  const current = computed(() => all.value.find(({ id }) => id === identity.value.current) ?? null)

  const untaken = signal<Untaken | null>(null)
  let writing = 0
  let written: Promise<void> = Promise.resolve()
  // one after another: the file of the identity has one writer
  const replace = (next: Identity): Promise<void> => {
    identity.value = next
    writing++
    written = written
      .catch(() => {})
      .then(() => writeIdentity(core, next))
      .finally(() => writing--)
    return written
  }
  return {
    identity: identity as Reading<Identity>,
    all,
    current,
    replace,
    heard(stored) {
      if (writing === 0 && JSON.stringify(stored) !== JSON.stringify(identity.peek())) identity.value = stored
    },
    forget: async () => (await late()).forgetEverything(core, replace),
    switchTo: (person) => replace({ ...identity.peek(), current: person }),
    untaken,
    signedIn: async (news, movesTo) => (await late()).signIn({ core, replace, untaken }, news, movesTo),
    refreshed: async (news) => (await late()).refresh({ core, replace, untaken }, news),
    signedOut: async (person) => (await late()).signOut(core, replace, person),
    enrol(told) {
      const { enrolment: _, ...before } = identity.peek()
      return replace(told ? { ...before, enrolment: told } : before)
    },
    async keepKey(key) {
      const before = identity.peek()
      const others = before.keys?.filter(({ person }) => person !== key.person) ?? []
      await replace({ ...before, keys: [...others, key] })
    },
    async dropKey(person) {
      const { keys = [], ...before } = identity.peek()
      await replace({ ...before, keys: keys.filter((key) => key.person !== person) })
    },
    keyOf(person) {
      const { keys = [], device } = identity.peek()
      return keys.find((key) => key.person === person && key.device === device) ?? null
    },
  }
}
