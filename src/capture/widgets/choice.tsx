import { useApp } from '#src/session/context.ts'
import { ChipChoice } from '#src/ui/chips.tsx'
import { Picker } from '../picker.tsx'
import { w } from '../words.ts'
import type { WidgetProps } from './widget.ts'

const chipsUpTo = 12
const none = ''

/** A code of a list: chips while they fit, else a sheet to search in. A retired code stays until another is chosen. */
export const ChoiceWidget = ({ value, onChange, ...rest }: WidgetProps<string>) => {
  const { names } = useApp()
  const list = rest.field.of ?? ''
  const items = names.items(list).map(({ code, label }) => ({ value: code, label }))
  const known = value === undefined || items.some((item) => item.value === value)
  const options = known ? items : [...items, { value, label: names.label(list, value) }]
  if (options.length > chipsUpTo)
    return (
      <Picker
        {...rest}
        icon="list-checks"
        value={value}
        shown={names.label(list, value)}
        placeholder={rest.label}
        searchHint={w('pick.search')}
        nothing={w('pick.noRecords')}
        source={options.length}
        options={() => options}
        onChange={onChange}
      />
    )
  return (
    <ChipChoice
      {...rest}
      options={rest.required || value === undefined ? options : [...options, { value: none, label: w('pick.none') }]}
      value={value}
      onChange={(next) => onChange(next === none ? undefined : next)}
    />
  )
}
