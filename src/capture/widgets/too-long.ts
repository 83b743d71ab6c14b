import type { Field } from '#domain/fields/field.ts'
import { t } from '#src/i18n/index.ts'

/** Said while typing; nothing is cut off, because a pasted report that loses its end silently is worse. */
export const tooLong = (text: string, { max }: Field): string | undefined =>
  max !== undefined && text.length > max ? t('errors.tooLong', { n: max }) : undefined
