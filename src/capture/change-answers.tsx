import type { Change } from '#domain/change.ts'
import { kindOf } from '#domain/records/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Answers } from './answers.tsx'
import { valueText } from './value-text.ts'

/** What a change sets, field by field, cleared ones as well; nothing where it sets nothing or its kind is not known here. */
export const ChangeAnswers = ({ change }: { change: Pick<Change, 'kind' | 'set'> }) => {
  const { names } = useApp()
  const kind = kindOf(change.kind)
  const fields = Object.entries(change.set)
  if (!kind || fields.length === 0) return null
  return (
    <Answers
      items={fields.map(([field, value]) => ({
        label: fieldLabel(change.kind, field),
        value: valueText(kind, field, value, names) || '–',
      }))}
    />
  )
}
