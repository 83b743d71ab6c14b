import { computed } from '@preact/signals'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { Core } from './core.ts'
import { writeIdentity } from './identity.ts'
import { late } from './late.ts'
import { commit, persist } from './rows.ts'
import { settled } from './save.ts'
import { leavingKey, replay } from './start.ts'
import type { Identity, Reading, SignedInPerson, SignInNews } from './types.ts'

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
   * sent, and with detail `receipt-key` when the server's key is none that this tablet trusts.
   */
  signedIn(news: SignInNews): Promise<Result<SignedInPerson, Failure>>
  /** What nobody who stays may read leaves with them, at once and with no network; what they wrote is still sent. */
  signedOut(person: StaffId): Promise<void>
}

/** What of a tablet's identity belongs to no province. */
const withoutProvince = ({ courierKey: _, ...identity }: Identity): Identity => ({
  ...identity,
  people: [],
  desk: null,
  former: [],
})

export const openPeople = (core: Core, identity: { value: Identity; peek(): Identity }): OpenedPeople => {
  const all = computed(() => identity.value.people)
  const current = computed(() => all.value.find(({ id }) => id === identity.value.current) ?? null)

  let writing = 0
  const replace = async (next: Identity): Promise<void> => {
    identity.value = next
    writing++
    await writeIdentity(core, next).finally(() => writing--)
  }
  const waits = async () => {
    await settled(core)
    await replay(core)
    return persist(core, () => core.database.outbox.count())
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
    async signedIn(news) {
      const before = identity.peek()
      const moves = before.province !== null && before.province.id !== news.province.id
      if (moves && !before.province.sample && (await waits()) > 0)
        return fail(failure('not-permitted', { detail: 'other-province' }))
      const after = await (await late()).afterSignIn(core, moves ? withoutProvince(before) : before, news)
      if (!after.ok) return after
      const next = moves ? { ...after.value, after: core.memory.lastN } : after.value
      await replace(next)
      if (moves) {
        await (await late()).forgetProvince(core, news.province.id)
        await replace(next)
      }
      if (moves || core.memory.epoch === '') core.memory.epoch = news.province.epoch
      return ok(after.value.people.find(({ id }) => id === news.person)!)
    },
    async signedOut(person) {
      const before = identity.peek()
      const current = before.current === person ? null : before.current
      await commit(core, [], async () => void (await core.database.meta.put({ key: leavingKey, value: true })))
      await replace({ ...before, people: before.people.filter(({ id }) => id !== person), current })
      await (await late()).forgetUnread(core)
    },
  }
}
