import type { StaffId } from '#domain/kernel/id.ts'
import { useApp } from '#src/session/context.ts'
import type { FieldText } from '#src/ui/field.tsx'
import type { PickOption } from './pick.ts'
import { Picker } from './picker.tsx'
import { w } from './words.ts'

/** A choice among the members of staff who still work, oneself first. */
export function StaffPicker(
  props: FieldText & {
    value: StaffId | undefined
    onChange: (staff: StaffId | undefined) => void
    required?: boolean | undefined
  },
) {
  const { names, session } = useApp()
  const me = session.person.value?.id
  const source = names.ready.value ? names.staff.value : null
  const options = (): readonly PickOption[] => {
    const all = names.staff.value.filter(({ values }) => values.active !== false)
    return [...all.filter(({ id }) => id === me), ...all.filter(({ id }) => id !== me)].map(({ id, values }) => ({
      value: id,
      label: id === me ? `${values.name ?? ''} (${w('pick.me')})` : (values.name ?? ''),
      second: values.position,
    }))
  }
  return (
    <Picker
      {...props}
      icon="user"
      shown={names.staffName(props.value)}
      placeholder={w('pick.staff')}
      searchHint={w('pick.staffSearch')}
      nothing={w('pick.noStaff')}
      source={source}
      options={options}
      onChange={(chosen) => props.onChange(chosen as StaffId | undefined)}
    />
  )
}
