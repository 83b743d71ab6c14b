import type { Field } from '#domain/fields/field.ts'
import type { Entry, KeyedSet } from '#domain/fields/keyed-set.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { partLabel } from '#src/i18n/records.ts'
import { Button } from '#src/ui/button.tsx'
import { Group } from '#src/ui/group.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { w } from '../words.ts'
import { Widget } from './index.tsx'
import { keysOf, withKeys } from './keys.ts'
import type { WidgetProps } from './widget.ts'
import './keyed-set.css'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** Entries that have fields of their own, each as a small form. A new entry gets a key that no other tablet can make. */
export const KeyedSetWidget = ({ value, onChange, ...rest }: WidgetProps<KeyedSet>) => {
  const keys = keysOf(value)
  const parts = Object.entries((rest.field.parts ?? {}) as Readonly<Record<string, Field>>)
  const put = (key: string, entry: Entry) => onChange({ ...value, [key]: entry })
  return (
    <Group {...rest}>
      <ol class="entries">
        {keys.map((key, at) => (
          <li key={key} class="entry stack" aria-label={w('form.entry', { n: at + 1 })}>
            {parts.map(([part, field]) => (
              <Widget
                key={part}
                id={`${rest.id}-${key}-${part}`}
                label={partLabel(rest.kind, rest.name, part)}
                kind={rest.kind}
                name={part}
                field={field}
                required={false}
                value={(value?.[key]?.[part] ?? undefined) as Json | undefined}
                onChange={(next) => put(key, withPart(value?.[key] ?? { on: true }, part, next))}
              />
            ))}
            <div class="entry__remove">
              <IconButton
                icon="trash"
                label={w('form.entryRemove', { n: at + 1 })}
                onClick={() =>
                  onChange(
                    withKeys(
                      value,
                      keys.filter((one) => one !== key),
                    ),
                  )
                }
              />
            </div>
          </li>
        ))}
      </ol>
      <Button variant="plain" size="small" icon="plus" onClick={() => put(newId<RecordId>(random), { on: true })}>
        {w('form.entryAdd')}
      </Button>
    </Group>
  )
}

const withPart = (entry: Entry, part: string, value: Json | undefined): Entry => {
  const { [part]: _, ...rest } = entry as Record<string, Json>
  return (value === undefined ? rest : { ...rest, [part]: value }) as Entry
}
