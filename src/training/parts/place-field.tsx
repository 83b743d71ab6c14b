import { useState } from 'preact/hooks'
import { searchKey } from '#domain/kernel/thai-text.ts'
import { readsEveryPlace } from '#domain/roles.ts'
import { useApp } from '#src/session/context.ts'
import { Field, type FieldText } from '#src/ui/field.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from '../words.ts'
import { nodeOf } from './node-of.ts'

const most = 60

/** Places where the person who works here may write. */
export const useMyPlaces = () => {
  const { names, session } = useApp()
  const standing = session.person.value?.standing
  const all = names.places.value
  return !standing || readsEveryPlace(standing) ? all : all.filter(({ id }) => standing.places.includes(id))
}

/** One of my places, found by typing a part of its name, its district or its sub-district. */
export const PlaceField = (props: FieldText & { value: string | undefined; onChange: (place: string) => void }) => {
  const { names } = useApp()
  const [open, setOpen] = useState(false)
  const chosen = names.place(props.value)
  return (
    <>
      <Field {...props}>
        {(aria) => (
          <button
            type="button"
            {...aria}
            class="input place-field"
            aria-haspopup="dialog"
            onClick={() => setOpen(true)}
          >
            <Icon name="map-pin" />
            <span class="input__control">{props.value ? names.placeName(props.value) : w('place.choose')}</span>
            <Icon name="chevron-down" />
          </button>
        )}
      </Field>
      <Sheet open={open} onClose={() => setOpen(false)} title={props.label}>
        <PlaceChoice
          id={`${props.id}-search`}
          chosen={chosen?.id}
          onChoose={(place) => {
            setOpen(false)
            props.onChange(place)
          }}
        />
      </Sheet>
    </>
  )
}

const PlaceChoice = (props: { id: string; chosen: string | undefined; onChoose: (place: string) => void }) => {
  const { names } = useApp()
  const places = useMyPlaces()
  const [search, setSearch] = useState('')
  const where = ({ district, subdistrict }: { district?: string; subdistrict?: string }) =>
    [subdistrict && names.label('subdistrict', subdistrict), district && names.label('district', district)]
      .filter(Boolean)
      .join(' · ')
  const key = searchKey(search)
  const found = places.filter(({ values }) => searchKey(`${values.name ?? ''}${where(values)}`).includes(key))
  return (
    <div class="stack">
      <TextField
        id={props.id}
        label={w('place.search')}
        hideLabel
        placeholder={w('place.search')}
        type="search"
        icon="search"
        clearable
        autoFocus
        value={search}
        onInput={setSearch}
      />
      {places.length === 0 && <p class="muted">{w('place.none')}</p>}
      {places.length > 0 && found.length === 0 && <p class="muted">{w('place.notFound', { text: search })}</p>}
      <List label={w('place.search')}>
        {found.slice(0, most).map(({ id, values }) => (
          <ListRow
            key={id}
            seat={<NodeSeat node={nodeOf(values.type)} size={44} />}
            title={values.name ?? ''}
            second={where(values)}
            selected={id === props.chosen}
            onClick={() => props.onChoose(id)}
          />
        ))}
      </List>
      {found.length > most && <p class="muted">{w('place.more', { n: found.length - most })}</p>}
    </div>
  )
}
