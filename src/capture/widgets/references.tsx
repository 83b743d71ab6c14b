import type { KeyedSet } from '#domain/fields/keyed-set.ts'
import { Group } from '#src/ui/group.tsx'
import { w } from '../words.ts'
import { keysOf, withKeys } from './keys.ts'
import { ReferenceWidget } from './reference.tsx'
import type { WidgetProps } from './widget.ts'

/** Several other records: one picker each, and an empty one to add with. */
export const ReferencesWidget = ({ value, onChange, ...rest }: WidgetProps<KeyedSet>) => {
  const chosen = keysOf(value)
  const put = (at: number, next: string | undefined) => {
    const keys = [...chosen.slice(0, at), ...(next === undefined ? [] : [next]), ...chosen.slice(at + 1)]
    onChange(withKeys(value, [...new Set(keys)]))
  }
  return (
    <Group {...rest}>
      <div class="stack stack--tight">
        {[...chosen, undefined].map((id, at) => (
          <ReferenceWidget
            key={id ?? `new-${chosen.length}`}
            id={`${rest.id}-${at}`}
            label={id === undefined ? w('form.entryAdd') : w('form.entry', { n: at + 1 })}
            hideLabel
            kind={rest.kind}
            name={rest.name}
            field={rest.field}
            required={false}
            value={id}
            onChange={(next) => put(at, next)}
          />
        ))}
      </div>
    </Group>
  )
}
