import { sessionText } from '#domain/authority/line-proof.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import type { Store } from '#src/store/store.ts'
import type { Keyring } from '#src/vault/keyring.ts'
import { makeKey, unlockKey, type Where, wrapKeyAnew } from '#src/vault/person-key.ts'
import type { Api } from './api.ts'

/** What the server has of a person's key on this tablet. */
export interface KeyNews {
  readonly id: string
  /** False once it has ended or was cut off. */
  readonly open: boolean
}

/** The signing key of whoever works here (docs/authority.md, "Keys"), between the keyring, the tablet's storage and the server. */
export interface OwnKey {
  /** Opens the key that lies here; `none` where this tablet has none of theirs, `stopped` where there is no memory to open it. */
  unlock(person: StaffId, password: string): Promise<'open' | 'wrong-password' | 'none' | 'stopped'>
  /** Opens the key that the server knows, or makes and registers one. To be called while the password is fresh. */
  ready(person: StaffId, password: string, news: KeyNews | null): Promise<Failure | null>
  /** The server is to hear nobody guarded in this browser until they show who they are; without a network, as soon as there is one. */
  tellLocked(): Promise<void>
  /** Signs the server's challenge; false when it does not hear. */
  renew(person: StaffId): Promise<boolean>
  /** Lays the key under the new password. */
  passwordChanged(person: StaffId, password: string, next: string): Promise<Failure | null>
  /** What the server says of the key: one that no longer counts is closed and forgotten. */
  heard(person: StaffId, news: KeyNews | null): Promise<void>
}

/** A tablet without the memory that Argon2id needs has no key to give; the person is told. */
const unlessStopped = <T>(work: Promise<T>): Promise<T | 'stopped'> => work.catch(() => 'stopped' as const)

export const ownKey = (store: Pick<Store, 'people' | 'lastN'>, api: Api, keyring: Keyring): OwnKey => {
  const { people } = store
  const where = (): Where => {
    const { province, device } = people.identity.peek()
    return { province: province?.id ?? '', device }
  }
  const make = async (person: StaffId, password: string): Promise<Failure | null> => {
    const made = await unlessStopped(makeKey(keyring, person, password, where()))
    if (made === 'stopped') return failure('key-stopped')
    const { proof, ...key } = made
    const registered = await api.post('/api/keys', { public: key.public, proof, lastN: store.lastN() })
    if (!registered.ok) {
      keyring.lock()
      return registered.failure
    }
    await people.keepKey(key)
    return null
  }
  const unlock = async (person: StaffId, password: string) => {
    const kept = people.keyOf(person)
    if (!kept) return 'none'
    const opened = await unlessStopped(unlockKey(keyring, kept, password, where()))
    if (opened === 'stopped') return opened
    return opened ? 'open' : 'wrong-password'
  }
  return {
    unlock,
    async ready(person, password, news) {
      const isKnown = news?.open === true && news.id === people.keyOf(person)?.id
      if (isKnown && keyring.open.peek().has(person)) return null
      const opened = isKnown ? await unlock(person, password) : 'none'
      if (opened === 'stopped') return failure('key-stopped')
      return opened === 'open' ? null : make(person, password)
    },
    async tellLocked() {
      if (keyring.open.peek().size > 0) return
      const told = await api.post('/api/session/lock', {})
      if (told.ok || told.failure.code !== 'unavailable') return
      addEventListener('online', () => void this.tellLocked(), { once: true })
    },
    async renew(person) {
      const asked = await api.post<{ challenge: string }>('/api/session/challenge', {})
      if (!asked.ok) return false
      const { province, device } = where()
      const signed = await keyring.sign(person, sessionText(province, device, asked.value.challenge))
      return signed !== null && (await api.post('/api/session/unlock', { person, ...signed })).ok
    },
    async passwordChanged(person, password, next) {
      const kept = people.keyOf(person)
      const again = kept && (await unlessStopped(wrapKeyAnew(kept, password, next, where())))
      if (again === 'stopped') return failure('key-stopped')
      if (!again) return make(person, next)
      await people.keepKey(again)
      return null
    },
    async heard(person, news) {
      const kept = people.keyOf(person)
      if (!kept || !news || news.id !== kept.id || news.open) return
      keyring.lock()
      await people.dropKey(person)
    },
  }
}
