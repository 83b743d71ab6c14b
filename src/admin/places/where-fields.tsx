import { placeTypes } from '#domain/records/place.ts'
import { optionLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { ChipChoice } from '#src/ui/chips.tsx'
import { ChoiceTiles } from '#src/ui/choice-tiles.tsx'
import type { FieldText } from '#src/ui/field.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { w } from '../words.ts'

export type PlaceType = (typeof placeTypes)[number]

const nodeTypes = ['home', 'temple', 'school'] as const
const otherTypes = placeTypes.filter((type) => !(nodeTypes as readonly string[]).includes(type))

/** What sort of place: the three nodes as their shapes, the others as words. */
export const TypeField = (props: FieldText & { value: PlaceType | undefined; onChange: (type: PlaceType) => void }) => {
  const label = (type: PlaceType) => optionLabel('place', 'type', type)
  return (
    <div class="stack stack--tight">
      <ChoiceTiles
        {...props}
        layout="row"
        options={nodeTypes.map((type) => ({ value: type as PlaceType, label: label(type), node: type }))}
      />
      <ChipChoice
        {...props}
        id={`${props.id}-other`}
        error={undefined}
        hideLabel
        options={otherTypes.map((type) => ({ value: type as PlaceType, label: label(type) }))}
      />
    </div>
  )
}

/** District, then the sub-districts that lie in it. */
export const DistrictFields = (props: {
  district: FieldText & { value: string | undefined; onChange: (code: string | undefined) => void }
  subdistrict: FieldText & { value: string | undefined; onChange: (code: string | undefined) => void }
}) => {
  const { names } = useApp()
  const { district, subdistrict } = props
  const inside = names.items('subdistrict').filter(({ parent }) => parent === district.value)
  return (
    <div class="columns">
      <SelectField
        {...district}
        value={district.value ?? ''}
        placeholder={w('places.chooseDistrict')}
        options={names.items('district').map(({ code, label }) => ({ value: code, label }))}
        onChange={(code) => {
          district.onChange(code || undefined)
          subdistrict.onChange(undefined)
        }}
      />
      <SelectField
        {...subdistrict}
        value={subdistrict.value ?? ''}
        placeholder={w(district.value ? 'places.chooseSubdistrict' : 'places.districtFirst')}
        options={inside.map(({ code, label }) => ({ value: code, label }))}
        onChange={(code) => subdistrict.onChange(code || undefined)}
      />
    </div>
  )
}
