import { kindOf } from '#domain/records/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import type { RecordView } from '#src/store/types.ts'
import { useValueWords, valuesOf } from './record-words.ts'
import { valueText } from './value-text.ts'

/** Everything that a record says, in the order in which its kind declares it. */
export const RecordFields = ({ record, marked }: { record: RecordView; marked?: string | undefined }) => {
  const words = useValueWords()
  const values = valuesOf(record)
  const declared = Object.keys(kindOf(record.kind)?.fields ?? {})
  const unknown = Object.keys(values).filter((field) => !declared.includes(field))
  const said = [...declared, ...unknown]
    .map((field) => ({ field, text: valueText(record.kind, field, values[field], words) }))
    .filter(({ text }) => text !== '')
  return (
    <dl class="record-fields">
      {said.map(({ field, text }) => (
        <div key={field} class={field === marked ? 'record-fields__marked' : undefined}>
          <dt>{fieldLabel(record.kind, field)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
