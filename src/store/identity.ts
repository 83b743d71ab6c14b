import type { DeskList, SignedDeskList } from '#domain/complaint/desk-list.ts'
import { type DeviceId, newId } from '#domain/kernel/id.ts'
import type { Core } from './core.ts'
import type { Identity } from './identity-types.ts'
import { commit, persist } from './rows.ts'
import type { StorePorts } from './types.ts'

const fileName = 'tablet'

/** The identity as each of its two homes has it. */
export const readIdentity = async (
  ports: StorePorts,
): Promise<{ inJournal: Identity | null; inDatabase: Identity | null }> => {
  const [bytes, row] = await Promise.all([
    ports.journal?.get('identity', fileName),
    ports.database.meta.get('identity'),
  ])
  return {
    inJournal: bytes ? await decoded(ports, bytes) : null,
    inDatabase: row ? await decoded(ports, row.value as Uint8Array) : null,
  }
}

const decoded = async ({ codec }: Pick<StorePorts, 'codec'>, bytes: Uint8Array): Promise<Identity> =>
  asOfNow(await codec.decode<StoredIdentity>(bytes))

/** As programs of before members signed the desk's lists have written it down. */
interface StoredIdentity extends Omit<Identity, 'desk'> {
  readonly desk: SignedDeskList | { readonly list: DeskList; readonly signature: string } | null
  readonly root?: string
}

const asOfNow = ({ root, desk, ...identity }: StoredIdentity): Identity => ({
  ...identity,
  desk: desk && 'signature' in desk ? { list: desk.list, signatures: { [desk.list.root]: desk.signature } } : desk,
  ...(root && { deskPin: root }),
})

export const newIdentity = (random: StorePorts['random']): Identity => ({
  device: newId<DeviceId>(random),
  credential: null,
  province: null,
  receiptKeys: [],
  people: [],
  current: null,
  desk: null,
  after: 0,
})

/** First where it is safest, then where it is found by queries. */
export const writeIdentity = async (core: Core, identity: Identity): Promise<void> => {
  const bytes = await core.codec.encode(identity)
  await core.journal?.put('identity', fileName, bytes)
  await commit(core, [], async () => void (await core.database.meta.put({ key: 'identity', value: bytes })))
}

export const storedIdentity = async (core: Core): Promise<Identity | null> => {
  const row = await persist(core, () => core.database.meta.get('identity'))
  return row ? decoded(core, row.value as Uint8Array) : null
}
