import type { RecordId } from '#domain/kernel/id.ts'
import { useApp } from '#src/session/context.ts'
import type { FieldText } from '#src/ui/field.tsx'
import { Picker } from './picker.tsx'
import { placeOptions, subdistrictOf } from './places.ts'
import { w } from './words.ts'

/** A choice among the places that the person who works here may use, one's own first. */
export function PlacePicker(
  props: FieldText & {
    value: RecordId | undefined
    onChange: (place: RecordId | undefined) => void
    required?: boolean | undefined
  },
) {
  const { names, session } = useApp()
  // Read while drawing: a list that nobody looks at is not followed.
  const source = names.ready.value ? names.places.value : null
  const chosen = names.place(props.value)
  const shown = chosen
    ? [chosen.values.name, subdistrictOf(names, chosen)].filter(Boolean).join(' ')
    : names.placeName(props.value)
  const standing = session.person.value?.standing
  return (
    <Picker
      {...props}
      icon="map-pin"
      shown={shown}
      placeholder={w('pick.place')}
      searchHint={w('pick.placeSearch')}
      nothing={w('pick.noPlaces')}
      source={source}
      options={() => (standing ? placeOptions(names, standing) : [])}
      onChange={(chosen) => props.onChange(chosen as RecordId | undefined)}
    />
  )
}
