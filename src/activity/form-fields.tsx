import { useState } from 'preact/hooks'
import type { KeyedSet } from '#domain/fields/keyed-set.ts'
import type { Day } from '#domain/kernel/day.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity, type Node, nodes } from '#domain/records/activity.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { fieldText } from '#src/capture/field-text.ts'
import type { Form } from '#src/capture/form.ts'
import { PlacePicker } from '#src/capture/place-picker.tsx'
import { FormField } from '#src/capture/record-form.tsx'
import { TagsWidget } from '#src/capture/widgets/tags.tsx'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { ChipChoice } from '#src/ui/chips.tsx'
import { ChoiceTiles } from '#src/ui/choice-tiles.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { PeopleGrid } from './people-grid.tsx'
import { typeFits, typesFor } from './types.ts'
import { w } from './words.ts'
import './activity.css'

const shownAtFirst = 3

/** Seven answers on one page; the rest behind "more". */
export function ActivityFields({ form }: { form: Form<typeof activity> }) {
  const { names } = useApp()
  const values = form.values.value
  const text = (name: string) => fieldText(activity, form, name)
  const types = typesFor(names.items('activityType'), values.node)

  const chooseNode = (node: Node) => {
    const fitting = typesFor(names.items('activityType'), node)
    const only = fitting.length === 1 ? fitting[0]!.code : undefined
    const keeps = values.type !== undefined && typeFits(names.items('activityType'), values.type, node)
    form.fill({ node, type: keeps ? values.type : only })
  }
  const choosePlace = (place: RecordId | undefined) => {
    form.set('place', place)
    const node = nodeOfPlace(names.place(place)?.values.type)
    if (values.node === undefined && node) chooseNode(node)
  }

  return (
    <>
      <ChoiceTiles
        {...text('node')}
        hideLabel
        layout="row"
        options={nodes.map((node) => ({ value: node, node, label: w(`nodes.${node}`) }))}
        value={values.node}
        onChange={chooseNode}
      />
      <ChipChoice
        {...text('type')}
        hint={values.node === undefined ? w('chooseNode') : undefined}
        options={types.map(({ code, label }) => ({ value: code, label }))}
        shown={shownAtFirst}
        value={values.type}
        onChange={(type) => form.set('type', type)}
      />
      <div class="columns">
        <PlacePicker {...text('place')} required value={values.place} onChange={choosePlace} />
        <DayField
          {...text('heldOn')}
          today={dayOfInstant(Date.now())}
          value={values.heldOn as Day | undefined}
          onChange={(day) => form.set('heldOn', day)}
        />
      </div>
      <PeopleGrid kind={activity} form={form} />
      <Tags form={form} name="rightsAreas" />
      <FormField kind={activity} form={form} name="outcome" />
      <More form={form} />
    </>
  )
}

const Tags = (props: {
  form: Form<typeof activity>
  name: 'rightsAreas' | 'targetGroups' | 'nhrpAreas' | 'napAreas'
}) => {
  const { form, name } = props
  return (
    <TagsWidget
      {...fieldText(activity, form, name)}
      kind={activity.kind}
      name={name}
      field={activity.fields[name] as never}
      required={false}
      shown={shownAtFirst}
      value={form.values.value[name] as KeyedSet | undefined}
      onChange={(value) => form.set(name, value as never)}
    />
  )
}

const folded = ['targetGroups', 'nhrpAreas', 'napAreas', 'facilitator'] as const

/** What most activities leave as it is. Open when something in it must be mended, or was answered before. */
function More({ form }: { form: Form<typeof activity> }) {
  const { names } = useApp()
  const [open, setOpen] = useState(false)
  const { facilitator } = form.values.value
  const answered = folded.some((name) => name !== 'facilitator' && form.values.value[name] !== undefined)
  const wrong = folded.some((name) => form.errors.value[name])
  return (
    <details
      class="more"
      open={open || answered || wrong}
      onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary class="more__summary">
        <Icon name="chevron-right" class="more__chevron" />
        <span>
          <span class="more__title">{t('more')}</span>
          <span class="more__hint">{w('moreHint')}</span>
        </span>
      </summary>
      <div class="more__body stack">
        <TextField
          {...fieldText(activity, form, 'facilitator')}
          value={facilitator ?? ''}
          suggestions={names.staff.value.flatMap(({ values }) => values.name ?? [])}
          onInput={(text) => form.set('facilitator', text === '' ? undefined : text)}
        />
        <Tags form={form} name="targetGroups" />
        <Tags form={form} name="nhrpAreas" />
        <Tags form={form} name="napAreas" />
      </div>
    </details>
  )
}
