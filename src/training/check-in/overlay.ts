import type { Mark } from '#domain/training/attendance-time.ts'
import type { MarkPatch, MarkSet } from '#domain/training/marks.ts'
import { marksOf } from '#domain/training/marks.ts'

/** What was tapped here and is not yet in what the store has shown, by mark. */
export type Overlay = Readonly<Record<string, MarkPatch[string]>>

/** The marks that are shown: those of the store with what was tapped here laid over them. */
export const marksUnder = (marks: MarkSet | undefined, overlay: Overlay): Mark[] =>
  marksOf(laidOver(marks ?? {}, overlay))

export const laidOver = (marks: MarkSet, overlay: Overlay): MarkSet => {
  const all = { ...marks }
  for (const [id, patch] of Object.entries(overlay)) all[id] = { ...all[id], ...patch }
  return all
}

/** Without what this patch has laid there; what was laid over it since stays. */
export const without = (overlay: Overlay, patch: MarkPatch): Overlay =>
  Object.fromEntries(
    Object.entries(overlay).flatMap(([id, parts]) => {
      const taken = (patch[id] ?? {}) as Readonly<Record<string, unknown>>
      const left = Object.entries(parts).filter(([part, value]) => taken[part] !== value)
      return left.length > 0 ? [[id, Object.fromEntries(left) as MarkPatch[string]]] : []
    }),
  )

/** What the store already shows needs no overlay any more. */
export const notYetIn = (overlay: Overlay, marks: MarkSet | undefined): Overlay =>
  Object.fromEntries(
    Object.entries(overlay).filter(([id, patch]) => {
      const shown = (marks?.[id] ?? {}) as Readonly<Record<string, unknown>>
      return Object.entries(patch).some(([part, value]) => part !== 'on' && shown[part] !== value)
    }),
  )

export const sameMarks = (a: readonly Mark[], b: readonly Mark[]): boolean =>
  a.length === b.length &&
  a.every((mark, at) => mark.id === b[at]?.id && mark.at === b[at]?.at && mark.struckBy === b[at]?.struckBy)
