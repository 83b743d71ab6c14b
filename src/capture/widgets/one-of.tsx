import { optionLabel } from '#src/i18n/records.ts'
import { ChipChoice } from '#src/ui/chips.tsx'
import { w } from '../words.ts'
import type { WidgetProps } from './widget.ts'

const none = ''

export const OneOfWidget = ({ value, onChange, ...rest }: WidgetProps<string>) => {
  const values = rest.field.values ?? []
  // A value that a later version made stays until another is chosen.
  const all = value === undefined || values.includes(value) ? values : [...values, value]
  const options = all.map((one) => ({ value: one, label: optionLabel(rest.kind, rest.name, one) }))
  return (
    <ChipChoice
      {...rest}
      options={rest.required || value === undefined ? options : [...options, { value: none, label: w('pick.none') }]}
      value={value}
      onChange={(next) => onChange(next === none ? undefined : next)}
    />
  )
}
