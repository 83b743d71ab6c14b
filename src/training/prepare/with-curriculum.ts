import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import type { Values } from '#domain/record-kind.ts'
import type { curriculum } from '#domain/records/curriculum.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import { curriculumFor, modulesInOrder } from '#domain/training/curriculum-for.ts'

type Session = Values<typeof trainingSession>
type Curriculum = { readonly id: string; readonly values: Values<typeof curriculum> }
export type Modules = NonNullable<Session['modules']>

/** The modules that a curriculum plans, with their minutes. */
export const plannedModules = (from: Curriculum): Modules =>
  Object.fromEntries(
    modulesInOrder(from.values).map(([code, { minutes }], index) => [
      code,
      { on: true, order: index + 1, planned: minutes ?? 0 },
    ]),
  )

/** The modules of the audience's curriculum, unless somebody has already chosen others by hand; then null. */
export const withCurriculum = (
  session: Session,
  audience: string,
  curricula: readonly Curriculum[],
): Modules | null => {
  const next = curriculumFor(audience, curricula)
  const before = curriculumFor(session.audience, curricula)
  const untouched =
    Object.keys(session.modules ?? {}).length === 0 ||
    (before !== undefined && equalJson(session.modules as Json, plannedModules(before) as Json))
  return next && untouched ? plannedModules(next) : null
}
