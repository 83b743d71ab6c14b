import type { KeyedSet } from '#domain/fields/keyed-set.ts'
import { useApp } from '#src/session/context.ts'
import { Chips } from '#src/ui/chips.tsx'
import { keysOf, withKeys } from './keys.ts'
import type { WidgetProps } from './widget.ts'

const shownAtFirst = 6

/** Any number of codes of a list; retired ones that were chosen stay until they are taken out. */
export const TagsWidget = ({
  value,
  onChange,
  shown = shownAtFirst,
  ...rest
}: WidgetProps<KeyedSet> & { shown?: number }) => {
  const { names } = useApp()
  const list = rest.field.of ?? ''
  const chosen = keysOf(value)
  const items = names.items(list).map(({ code, label }) => ({ value: code, label }))
  const retired = chosen.filter((code) => !items.some((item) => item.value === code))
  const options = [...items, ...retired.map((code) => ({ value: code, label: names.label(list, code) }))]
  return (
    <Chips
      {...rest}
      options={options}
      shown={shown}
      value={chosen}
      onChange={(codes) => onChange(withKeys(value, codes))}
    />
  )
}
