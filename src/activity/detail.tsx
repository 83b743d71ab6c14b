import { useEffect } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { Answers } from '#src/capture/answers.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { RecordPage } from '#src/capture/record-page.tsx'
import { valueText } from '#src/capture/value-text.ts'
import { dayText, t } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { NodeSeat } from '#src/ui/node.tsx'
import { PeopleTable } from './people-table.tsx'
import { w } from './words.ts'

/** One activity with all its answers. */
export function ActivityDetail({ id }: { id: RecordId }) {
  const { names } = useApp()
  const one = useRecord<typeof activity>(id).value
  useEffect(() => {
    document.title = `${w('title')} · ${t('appName')}`
  })
  if (one === undefined) return null
  if (one === null || one.kind !== activity.kind) return <RecordMissing back="/bwr" />
  const { values } = one
  const answer = (name: keyof typeof values & string) => ({
    label: fieldLabel(activity.kind, name),
    value: valueText(activity, name, values[name], names),
  })
  return (
    <RecordPage
      kind={activity}
      record={one}
      title={values.type ? names.label('activityType', values.type) : w('noType')}
      second={[names.placeName(values.place), values.heldOn && dayText(values.heldOn as Day)]
        .filter(Boolean)
        .join(' · ')}
      seat={values.node && <NodeSeat node={values.node} size={56} label={w(`nodes.${values.node}`)} />}
      back="/bwr"
      edit={`/bwr/${id}/edit`}
    >
      <PeopleTable one={one} />
      <Answers
        items={[
          { ...answer('outcome'), long: true },
          answer('node'),
          answer('place'),
          answer('heldOn'),
          answer('facilitator'),
          answer('rightsAreas'),
          answer('targetGroups'),
          answer('nhrpAreas'),
          answer('napAreas'),
        ]}
      />
    </RecordPage>
  )
}
