import type { Values } from '#domain/record-kind.ts'
import type { staff } from '#domain/records/staff.ts'
import { isRole } from '#domain/roles.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { ListRow } from '#src/ui/list.tsx'
import { w } from '../words.ts'
import { placesText } from './places-text.ts'

/** Somebody who works here, with what they may and where. */
export const StaffRow = ({ person: { id, values } }: { person: RecordView<Values<typeof staff>> }) => {
  const { names } = useApp()
  return (
    <ListRow
      href={`/admin/staff/${id}`}
      plain={values.active === false}
      title={values.name}
      second={
        <>
          {values.position && <span>{values.position}</span>}
          <span>
            {Object.keys(values.roles ?? {})
              .filter(isRole)
              .map((role) => w(`roles.${role}`))
              .join(' · ') || w('staff.noRole')}
          </span>
          <span>{values.active === false ? w('staff.inactive') : placesText(values, names)}</span>
        </>
      }
    />
  )
}
