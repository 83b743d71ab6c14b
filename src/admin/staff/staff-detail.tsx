import type { RecordId } from '#domain/kernel/id.ts'
import type { staff } from '#domain/records/staff.ts'
import { isRole } from '#domain/roles.ts'
import { Answers } from '#src/capture/answers.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { SafetyOf } from '#src/capture/safety-of.tsx'
import { keysOf } from '#src/capture/widgets/keys.ts'
import { t } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { w } from '../words.ts'
import { Account } from './account.tsx'

/** One member of staff: what everybody may know of them, and how they sign in. */
export const StaffDetail = ({ id }: { id: string }) => {
  const { names } = useApp()
  useTitle(w('hub.staff'))
  const record = useRecord<typeof staff>(id as RecordId).value
  if (record === undefined) return null
  if (record === null || record.kind !== 'staff') return <RecordMissing back="/admin/staff" />
  const { name, position, roles, places, wholeProvince, active } = record.values
  return (
    <main class="page stack" id="content">
      <TopBar
        title={name}
        second={position}
        back="/admin/staff"
        right={
          <Button variant="line" size="small" icon="pencil" href={`/admin/staff/${id}/edit`}>
            {t('edit')}
          </Button>
        }
      />
      <SafetyOf record={record} />
      <Answers
        items={[
          {
            label: fieldLabel('staff', 'roles'),
            value: keysOf(roles)
              .map((role) => (isRole(role) ? w(`roles.${role}`) : role))
              .join(' · '),
          },
          {
            label: fieldLabel('staff', 'places'),
            value: wholeProvince
              ? w('staff.wholeProvince')
              : keysOf(places)
                  .map((place) => names.placeName(place))
                  .join(' · ') || w('staff.noPlace'),
          },
          { label: fieldLabel('staff', 'active'), value: active === false ? t('no') : t('yes') },
        ]}
      />
      <Account staff={record} />
    </main>
  )
}
