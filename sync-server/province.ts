import type { RandomBytes } from '#domain/kernel/id.ts'
import type { Config } from '#server/config.ts'
import type { Store } from '#server/db/connect.ts'
import { ensureCourierKey } from '#server/log/courier-key.ts'
import { type HeadWatch, watchHead } from '#server/log/head-watch.ts'
import { loadReceiptKey, type ReceiptKey } from '#server/log/receipts.ts'
import type { Province } from '#server/people/call.ts'
import { newCode } from './operations/set-up-code.ts'

/** The province that this server serves, its tables, and the key that signs its receipts. */
export interface Open {
  readonly store: Store
  readonly province: Province
  readonly receiptKey: ReceiptKey
}

/** What the server is given: everything that it does not decide itself. */
export interface Surroundings {
  readonly config: Config
  readonly secretKey: string
  readonly version: string
  readonly clock: () => number
  readonly random: RandomBytes
  /** Says a line to whoever started the server. */
  readonly say: (line: string) => void
}

/** The one province of a server: none before set-up; and the sample province in its place, once somebody chose to look around. */
export interface House extends Surroundings {
  readonly setUpCode: SetUpCode
  readonly heads: HeadWatch
  store(): Store
  /** Null before set-up. */
  open(): Promise<Open | null>
  /** From now on serve these tables, until the server ends. */
  moveTo(store: Store): Promise<void>
  close(): Promise<void>
}

/** The code that proves that whoever sets the server up sees its console. */
export interface SetUpCode {
  /** Whether this is the code. */
  accepts(tried: string): boolean
  announce(): void
}

export const createHouse = (first: Store, surroundings: Surroundings): House => {
  const stores = [first]
  let open: Open | null = null
  const store = () => stores.at(-1)!
  return {
    ...surroundings,
    setUpCode: newCode(surroundings.random, surroundings.say),
    store,
    heads: watchHead(() => headOf(store())),
    open: async () => {
      store().assertThere()
      open ??= await openProvince(store(), surroundings.secretKey, surroundings.clock())
      return open
    },
    moveTo: async (next) => {
      stores.push(next)
      open = null
    },
    close: async () => {
      for (const one of stores.splice(0).reverse()) await one.close()
    },
  }
}

const headOf = async ({ db }: Store): Promise<number | null> => {
  const row = await db.selectFrom('provinces').select('seq').orderBy('created_at').limit(1).executeTakeFirst()
  return row?.seq ?? null
}

/** Throws when SECRET_KEY is not the one that the province's keys are wrapped with. */
const openProvince = async (store: Store, secretKey: string, now: number): Promise<Open | null> => {
  const row = await store.db
    .selectFrom('provinces')
    .select(['id', 'name', 'sample', 'epoch', 'id_key'])
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const receiptKey = await loadReceiptKey(store.db, row.id, secretKey)
  if (!receiptKey) return null
  await ensureCourierKey(store, { province: row.id, receiptKey, secret: secretKey, now })
  const { id, name, epoch } = row
  return { store, province: { id, name, sample: row.sample === 1, epoch, idKey: row.id_key }, receiptKey }
}
