import { useSignal } from '@preact/signals'
import { compareThai, searchKey } from '#domain/kernel/thai-text.ts'
import { Growing } from '#src/capture/growing.tsx'
import { useApp } from '#src/session/context.ts'
import type { Names } from '#src/session/names.ts'
import { Button } from '#src/ui/button.tsx'
import { Checkbox } from '#src/ui/checkbox.tsx'
import type { FieldText } from '#src/ui/field.tsx'
import { Group } from '#src/ui/group.tsx'
import { into } from '#src/ui/into.ts'
import { Sheet } from '#src/ui/modal.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from '../words.ts'

type PlaceView = Names['places']['value'][number]

interface PlacesProps extends FieldText {
  value: readonly string[]
  onChange: (places: readonly string[]) => void
}

const namesShown = 8

/** Any number of places, a whole district at once if need be. */
export const PlacesField = (props: PlacesProps) => {
  const { names } = useApp()
  const open = useSignal(false)
  const { value } = props
  const more = value.length - namesShown
  return (
    <Group {...props}>
      <p class={value.length === 0 ? 'muted' : undefined}>
        {value.length === 0
          ? w('staff.noPlace')
          : value
              .slice(0, namesShown)
              .map((id) => names.placeName(id))
              .join(' · ')}
        {more > 0 && ` ${w('staff.andMorePlaces', { n: more })}`}
      </p>
      <Button variant="line" size="small" icon="map-pin" onClick={() => into(open)(true)}>
        {w('staff.choosePlaces')}
      </Button>
      <Sheet
        open={open.value}
        onClose={() => into(open)(false)}
        title={props.label}
        footer={<Button onClick={() => into(open)(false)}>{w('staff.usePlaces', { n: value.length })}</Button>}
      >
        <Districts {...props} />
      </Sheet>
    </Group>
  )
}

const Districts = ({ id, value, onChange }: PlacesProps) => {
  const { names } = useApp()
  const text = useSignal('')
  const wanted = searchKey(text.value)
  const chosen = new Set(value)
  const groups = byDistrict(names, wanted)
  const put = (ids: readonly string[], on: boolean) =>
    onChange(on ? [...new Set([...value, ...ids])] : value.filter((one) => !ids.includes(one)))
  return (
    <div class="stack stack--tight">
      <TextField
        id={`${id}-search`}
        label={w('search')}
        hideLabel
        placeholder={w('places.searchHint')}
        icon="search"
        type="search"
        clearable
        value={text.value}
        onInput={into(text)}
      />
      {groups.length === 0 && <p class="muted">{w('nothingFound', { text: text.value })}</p>}
      <Growing items={groups.flatMap(rowsOf)} subject={text.value}>
        {(some) =>
          some.map((row) =>
            'places' in row ? (
              <div key={row.name} class="district-head">
                <Checkbox
                  id={`${id}-all-${row.code}`}
                  label={<b>{w('staff.allOfDistrict', { name: row.name, n: row.places.length })}</b>}
                  checked={row.places.every((one) => chosen.has(one.id))}
                  onChange={(on) =>
                    put(
                      row.places.map((one) => one.id),
                      on,
                    )
                  }
                />
              </div>
            ) : (
              <Checkbox
                key={row.id}
                id={`${id}-${row.id}`}
                label={row.values.name}
                checked={chosen.has(row.id)}
                onChange={(on) => put([row.id], on)}
              />
            ),
          )
        }
      </Growing>
    </div>
  )
}

interface District {
  readonly code: string
  readonly name: string
  readonly places: readonly PlaceView[]
}

const rowsOf = (district: District): readonly (District | PlaceView)[] => [district, ...district.places]

const byDistrict = (names: Names, wanted: string): readonly District[] => {
  const groups = new Map<string, PlaceView[]>()
  for (const place of names.places.value) {
    const code = place.values.district ?? ''
    const label = names.label('district', place.values.district)
    if (!searchKey(`${place.values.name ?? ''} ${label}`).includes(wanted)) continue
    const group = groups.get(code)
    if (group) group.push(place)
    else groups.set(code, [place])
  }
  return [...groups]
    .map(([code, places]) => ({ code, name: names.label('district', code) || w('places.noDistrict'), places }))
    .sort((a, b) => compareThai(a.name, b.name))
}
