import type { Values } from '#domain/record-kind.ts'
import { curriculum } from '#domain/records/curriculum.ts'
import { locale } from '#src/i18n/locale.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'

export type CurriculumView = RecordView<Values<typeof curriculum>>

/** The curricula of the province; none until they were read. */
export const useCurricula = (): readonly CurriculumView[] => useRecords(curriculum).value ?? []

/** What a module is called: its title in the reader's language, its code where no curriculum here knows it. */
export const moduleName = (code: string, curricula: readonly CurriculumView[]): string => {
  const named = curricula.map(({ values }) => values.modules?.[code]).find((module) => module?.th ?? module?.en)
  return (locale() === 'en' ? (named?.en ?? named?.th) : (named?.th ?? named?.en)) ?? code
}
