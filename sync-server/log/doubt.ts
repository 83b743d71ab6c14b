import type { Tx } from '#server/db/connect.ts'

/**
 * A log that went back does not know whom it let go (docs/authority.md, A12). While this stands, what needs a person is held, no key or tablet
 * is added and guarded routes stay shut; captures flow.
 */
export interface Doubt {
  readonly since: number
  readonly cause: 'restored' | 'went-back' | 'merged'
  /** `enrolmentHash` of the code that the operator's console has shown, and until when it counts. */
  readonly code?: string
  readonly codeUntil?: number
  /** The administrator who has shown that code, and on which tablet: whoever goes through people, tablets and keys. */
  readonly reviewer?: Reviewer
}

export interface Reviewer {
  readonly staff: string
  readonly device: string | null
}

/** As the province's row keeps it. */
export const readDoubt = (kept: string | null): Doubt | null => (kept === null ? null : (JSON.parse(kept) as Doubt))

export const doubtOf = async (db: Tx['db'], province: string): Promise<Doubt | null> => {
  const row = await db.selectFrom('provinces').select('doubt').where('id', '=', province).executeTakeFirst()
  return readDoubt(row?.doubt ?? null)
}

/** The same under the province's lock, for whoever alters it: another restore or loss may begin a new one meanwhile. */
export const lockedDoubt = async (tx: Tx, province: string): Promise<Doubt | null> =>
  readDoubt((await tx.hot.lockProvince(province))?.doubt ?? null)

/** Keeps the doubt in place of the one before it, with a code and a reviewer of its own; null ends it. */
export const keepDoubt = async (db: Tx['db'], province: string, doubt: Doubt | null): Promise<void> => {
  await db
    .updateTable('provinces')
    .set({ doubt: doubt && JSON.stringify(doubt) })
    .where('id', '=', province)
    .execute()
}

/** Whether this person on this tablet has to wait until somebody has gone through who may act. */
export const mustWaitForReview = (doubt: Doubt | null, who: Reviewer): boolean =>
  doubt !== null && !isReviewer(doubt, who)

/** Whether this person on this tablet may act all the same: nobody else knows the operator's code. */
export const isReviewer = ({ reviewer }: Doubt, { staff, device }: Reviewer): boolean =>
  reviewer !== undefined && device !== null && reviewer.staff === staff && reviewer.device === device
