import type { Failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { Values } from '#domain/record-kind.ts'
import type { complaint } from '#domain/records/complaint.ts'
import type { Api } from '#src/session/api.ts'
import type { RecordView } from '#src/store/types.ts'
import { openParts } from './open-parts.ts'
import { noteOpened, unlocked } from './unlocked.ts'

export type ComplaintView = RecordView<Values<typeof complaint>>

/** Opens a complaint, once the server has written down that it is opened. */
export const openComplaint = async (api: Api, view: ComplaintView): Promise<Result<void, Failure>> => {
  const noted = await api.post<void>('/api/desk/openings', { record: view.id })
  if (!noted.ok) return fail(noted.failure)
  const { open } = await import('#src/vault/seal.ts')
  const member = unlocked.peek()
  if (!member) return ok(undefined)
  const parts = await openParts(open, view.id, view.values.parts ?? {}, member.identity)
  // it may have been locked meanwhile: then nothing is shown
  if (unlocked.peek() === member) noteOpened(view.id, parts)
  return ok(undefined)
}
