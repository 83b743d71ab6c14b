import { useState } from 'preact/hooks'
import { hasRole } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Chips } from '#src/ui/chips.tsx'
import type { FieldText } from '#src/ui/field.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { List } from '#src/ui/list.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { newMarkId } from '../parts/random-id.ts'
import type { SessionValues } from '../parts/types.ts'
import { w } from '../words.ts'

type Trainers = NonNullable<SessionValues['trainers']>

/** Who teaches: staff with the role of a trainer, and guests by name. */
export const TrainersField = (props: {
  text: FieldText
  values: SessionValues
  onChange: (trainers: Trainers) => void
}) => {
  const { names } = useApp()
  const [guest, setGuest] = useState('')
  const trainers = props.values.trainers ?? {}
  const staff = names.staff.value.filter((one) => hasRole(standingOf(one), 'trainer') || trainers[one.id])
  const guests = Object.entries(trainers).filter(([, { name }]) => name)
  const chosen = Object.keys(trainers).filter((id) => !trainers[id]?.name)
  const add = () => {
    const name = guest.trim()
    if (name === '') return
    props.onChange({ ...trainers, [newMarkId()]: { on: true, name } })
    setGuest('')
  }
  const remove = (key: string) => {
    const { [key]: _, ...rest } = trainers
    props.onChange(rest)
  }
  return (
    <div class="stack stack--tight">
      <Chips
        {...props.text}
        hint={staff.length === 0 ? w('trainers.none') : undefined}
        options={staff.map(({ id, values }) => ({ value: id as string, label: values.name ?? '' }))}
        shown={8}
        value={chosen}
        onChange={(ids) =>
          props.onChange({
            ...Object.fromEntries(guests),
            ...Object.fromEntries(ids.map((id) => [id, trainers[id] ?? { on: true }])),
          })
        }
      />
      {guests.length > 0 && (
        <List label={w('trainers.guests')}>
          {guests.map(([key, { name }]) => (
            <li key={key} class="guest">
              <span>{name}</span>
              <IconButton icon="x" label={w('trainers.remove', { name: name ?? '' })} onClick={() => remove(key)} />
            </li>
          ))}
        </List>
      )}
      <TextField
        id="guest"
        label={w('trainers.guest')}
        hideLabel
        placeholder={w('trainers.guest')}
        maxLength={200}
        value={guest}
        onInput={setGuest}
        onBlur={add}
        onEnter={add}
        trailing={
          guest && (
            <Button variant="quiet" size="small" onClick={add}>
              {t('add')}
            </Button>
          )
        }
      />
    </div>
  )
}
