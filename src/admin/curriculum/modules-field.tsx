import type { Values } from '#domain/record-kind.ts'
import type { curriculum } from '#domain/records/curriculum.ts'
import { Button } from '#src/ui/button.tsx'
import type { FieldText } from '#src/ui/field.tsx'
import { Group } from '#src/ui/group.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { NumberField } from '#src/ui/number-field.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from '../words.ts'

type Modules = NonNullable<Values<typeof curriculum>['modules']>
type Module = Modules[string]

const mostMinutes = 600

/** Modules in their order: words in both languages and minutes, with the sum beneath. */
export const ModulesField = (props: FieldText & { value: Modules; onChange: (modules: Modules) => void }) => {
  const { value, onChange, id } = props
  const rows = Object.entries(value).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
  const put = (code: string, more: Module) => onChange({ ...value, [code]: { ...value[code], ...more, on: true } })
  const remove = (code: string) => onChange(Object.fromEntries(Object.entries(value).filter(([one]) => one !== code)))
  const add = () => {
    let number = rows.length + 1
    while (Object.hasOwn(value, `M${number}`)) number += 1
    put(`M${number}`, { order: Math.max(-1, ...rows.map(([, { order }]) => order ?? 0)) + 1 })
  }
  const total = rows.reduce((sum, [, { minutes }]) => sum + (minutes ?? 0), 0)
  return (
    <Group {...props}>
      <ol class="modules">
        {rows.map(([code, module], at) => (
          <li key={code} class="modules__row">
            <TextField
              id={`${id}-${code}-th`}
              label={w('curriculum.moduleTh', { n: at + 1 })}
              value={module.th ?? ''}
              maxLength={300}
              onInput={(th) => put(code, { th })}
            />
            <TextField
              id={`${id}-${code}-en`}
              label={w('curriculum.moduleEn')}
              value={module.en ?? ''}
              maxLength={300}
              onInput={(en) => put(code, { en })}
            />
            <NumberField
              id={`${id}-${code}-minutes`}
              label={w('curriculum.minutes')}
              value={module.minutes ?? undefined}
              max={mostMinutes}
              onChange={(minutes) => put(code, { minutes: minutes ?? null })}
            />
            <IconButton icon="trash" label={w('curriculum.remove', { n: at + 1 })} onClick={() => remove(code)} />
          </li>
        ))}
      </ol>
      <div class="spread">
        <Button variant="plain" size="small" icon="plus" onClick={add}>
          {w('curriculum.addModule')}
        </Button>
        <p class="strong">{w('curriculum.total', { n: total })}</p>
      </div>
    </Group>
  )
}
