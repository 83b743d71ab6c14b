import type { RecordId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Picker } from '../picker.tsx'
import { PlacePicker } from '../place-picker.tsx'
import { StaffPicker } from '../staff-picker.tsx'
import { titleOf } from '../value-text.ts'
import { w } from '../words.ts'
import type { WidgetProps } from './widget.ts'

/** Another record: a place, a member of staff, or any record of the kind the field points to. */
export const ReferenceWidget = (props: WidgetProps<string>) => {
  const { of } = props.field
  const value = props.value as RecordId | undefined
  if (of === 'place') return <PlacePicker {...props} value={value} />
  if (of === 'staff') return <StaffPicker {...props} value={value} />
  return <RecordPicker {...props} value={value} />
}

const RecordPicker = (props: WidgetProps<string> & { value: RecordId | undefined }) => {
  const { store, names } = useApp()
  const kind = kindOf(props.field.of ?? '')
  const read = kind ? store.live(kind).value : null
  const all = read ?? []
  const chosen = all.find(({ id }) => id === props.value)
  if (!kind) return null
  return (
    <Picker
      {...props}
      icon="file-text"
      shown={chosen ? titleOf(kind, chosen.values, names) : w('pick.notHere')}
      placeholder={w('pick.of', { kind: kindName(kind.kind) })}
      searchHint={w('pick.search')}
      nothing={w('pick.noRecords')}
      source={read}
      options={() => all.map((one) => ({ value: one.id, label: titleOf(kind, one.values, names) }))}
    />
  )
}
