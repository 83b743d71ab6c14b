import { type activity, ageBands, type HeadcountField, headcountFields, sexes } from '#domain/records/activity.ts'
import { fieldText } from '#src/capture/field-text.ts'
import type { Form } from '#src/capture/form.ts'
import { NumberGrid } from '#src/ui/number-grid.tsx'
import { w } from './words.ts'

const id = 'field-people'
const fieldOf = (band: string, sex: string) => `${band}${sex}` as HeadcountField

/** The cell in which a headcount stands. */
export const cellId = (field: string): string => {
  const sex = sexes.find((one) => field.endsWith(one)) ?? ''
  return `${id}-${field.slice(0, field.length - sex.length)}-${sex}`
}

export const bandLines = () => ageBands.map((band) => ({ key: band, label: w(`bands.${band}`) }))
export const sexLines = () => sexes.map((sex) => ({ key: sex, label: w(`sexes.${sex}`) }))

/** How many came, by band and sex; never who. */
export function PeopleGrid(props: { kind: typeof activity; form: Form<typeof activity> }) {
  const { kind, form } = props
  const { warning } = fieldText(kind, form, 'from25Female')
  const wrong = headcountFields.some((field) => form.errors.value[field])
  return (
    <NumberGrid
      id={id}
      label={w('people')}
      hint={w('noNames')}
      rows={bandLines()}
      columns={sexLines()}
      get={(band, sex) => form.values.value[fieldOf(band, sex)] ?? 0}
      onChange={(band, sex, value) => form.set(fieldOf(band, sex), value)}
      error={wrong ? w('countWrong') : undefined}
      warning={warning}
    />
  )
}
