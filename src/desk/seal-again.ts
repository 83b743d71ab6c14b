import { readNote, type SealedNote } from '#domain/complaint/content.ts'
import { type DeskList, recipientsOf } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { Store } from '#src/store/store.ts'
import type { OpenedPart } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'
import type { CaseView } from './rows.ts'
import { noteOpened } from './unlocked.ts'

/** A complaint that is open here, and what the desk has noted of it. */
export interface OpenCase {
  readonly view: ComplaintView
  readonly parts: readonly OpenedPart[]
  readonly caseView: CaseView | undefined
}

export interface Sealing {
  readonly store: Pick<Store, 'save'>
  readonly author: StaffId
  readonly identity: string
  readonly list: DeskList
}

/** Parts that are open here and were sealed to an older list. */
export const olderParts = (parts: readonly OpenedPart[], list: DeskList) =>
  parts.filter((one) => one.state === 'open' && one.part.list < list.number)

const olderNotes = async ({ caseView }: OpenCase, { identity, list }: Sealing): Promise<readonly SealedNote[]> => {
  const { open } = await import('#src/vault/seal.ts')
  const notes = await Promise.all(
    Object.entries(caseView?.values.notes ?? {}).map(async ([key, { sealed }]) => {
      const text = sealed ? await open(sealed, identity) : null
      return text === null ? null : readNote(text, caseView!.id, key)
    }),
  )
  return notes.filter((note) => note !== null).filter((note) => (note.list ?? 0) < list.number)
}

/**
 * Seals what was sealed to an older list again, for everybody who is on it now: all parts and notes of one complaint that this key opens. The
 * log keeps the first envelopes. Answers how many were sealed.
 */
export const sealAgain = async (sealing: Sealing, one: OpenCase): Promise<Result<number, Failure>> => {
  const { store, author, list } = sealing
  const { seal } = await import('#src/vault/seal.ts')
  const to = recipientsOf(list)
  const again = await Promise.all(
    one.parts.map(async (opened): Promise<OpenedPart> => {
      if (opened.state !== 'open' || opened.part.list >= list.number) return opened
      const part = { ...opened.part, list: list.number }
      return { ...opened, part, envelope: await seal(JSON.stringify(part), to) }
    }),
  )
  const altered = again.filter((opened, at) => opened !== one.parts[at])
  if (altered.length > 0) {
    const parts = altered.map(({ key, envelope }) => [key, { on: true, envelope: envelope!, size: envelope!.length }])
    const saved = await store.save({
      kind: 'complaint',
      record: one.view.id,
      base: one.view.base,
      set: { parts: Object.fromEntries(parts) },
      author,
      named: true,
    })
    if (!saved.ok) return fail(saved.failure.failure)
    noteOpened(one.view.id, again)
  }
  const notes = await olderNotes(one, sealing)
  if (notes.length === 0) return ok(altered.length)
  const sealed = await Promise.all(
    notes.map(async (note) => [note.key, { sealed: await seal(JSON.stringify({ ...note, list: list.number }), to) }]),
  )
  const { id, base } = one.caseView!
  const saved = await store.save({
    kind: 'case',
    record: id,
    base,
    set: { notes: Object.fromEntries(sealed) },
    author,
  })
  return saved.ok ? ok(altered.length + notes.length) : fail(saved.failure.failure)
}
