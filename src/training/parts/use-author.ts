import type { StaffId } from '#domain/kernel/id.ts'
import { useApp } from '#src/session/context.ts'

/** Who signs what is written now; asked at the moment of writing, because people hand the tablet over. */
export const useAuthor = (): (() => StaffId) => {
  const { session } = useApp()
  return () => session.person.peek()!.id
}
