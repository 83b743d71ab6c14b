import type { Json } from '#domain/kernel/bytes.ts'
import type { Values } from '#domain/record-kind.ts'
import { activity, headcountFields } from '#domain/records/activity.ts'
import { curriculum } from '#domain/records/curriculum.ts'
import { kindOf } from '#domain/records/index.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { plainPath } from '#src/capture/plain/kinds.ts'
import { secondOf as plainSecond } from '#src/capture/value-text.ts'
import { t } from '#src/i18n/index.ts'
import { locale } from '#src/i18n/locale.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { Names } from '#src/session/names.ts'
import type { RecordView } from '#src/store/types.ts'
import type { NodeKind } from '#src/ui/node.tsx'
import type { ValueWords } from './value-text.ts'

type Activity = Values<typeof activity>

/** Where it was, and how many came, as far as that is known. */
export const secondOf = ({ kind, values }: RecordView, names: Names): string => {
  if (kind !== activity.kind && kind !== trainingSession.kind) return plainSecond(kindOf(kind)!, values, names)
  const place = names.placeName((values as { place?: string }).place)
  const people = peopleOf({ kind, values })
  return [place, people > 0 && t('people', { n: people })].filter(Boolean).join(' · ')
}

/** How many people an activity reached; 0 for what does not count them. */
export const peopleOf = ({ kind, values }: Pick<RecordView, 'kind' | 'values'>): number =>
  kind === activity.kind ? headcountFields.reduce((sum, field) => sum + ((values as Activity)[field] ?? 0), 0) : 0

/** The shape at the head of a row; undefined for an agency, a prison or a meeting without a place. */
export const nodeOf = ({ values }: RecordView, names: Names): NodeKind | undefined => {
  const { node, place } = values as Activity
  return node ?? nodeOfPlace(names.place(place)?.values.type)
}

/** The form on which a record is mended. */
export const editPath = ({ kind, id }: RecordView): string => {
  if (kind === activity.kind) return `/bwr/${id}/edit`
  return kind === trainingSession.kind ? `/training/${id}/prepare` : plainPath(kind, id, 'edit')
}

export const valuesOf = (record: RecordView): Readonly<Record<string, Json>> =>
  record.values as Readonly<Record<string, Json>>

/** Names for values, modules included: those are named by the curriculum. */
export const useValueWords = (): ValueWords => {
  const { names } = useApp()
  const courses = useRecords(curriculum).value ?? []
  return {
    names,
    moduleName(code) {
      const module = courses.map(({ values }) => values.modules?.[code]).find((one) => one !== undefined)
      return (locale() === 'en' ? (module?.en ?? module?.th) : (module?.th ?? module?.en)) ?? code
    },
  }
}
