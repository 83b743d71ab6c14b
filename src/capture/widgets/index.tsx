import type { ComponentType } from 'preact'
import type { Json } from '#domain/kernel/bytes.ts'
import { ChoiceWidget } from './choice.tsx'
import { CountWidget } from './count.tsx'
import { DayWidget } from './day.tsx'
import { FlagWidget } from './flag.tsx'
import { InstantWidget } from './instant.tsx'
import { KeyedSetWidget } from './keyed-set.tsx'
import { NarrativeWidget } from './narrative.tsx'
import { OneOfWidget } from './one-of.tsx'
import { ReferenceWidget } from './reference.tsx'
import { ReferencesWidget } from './references.tsx'
import { SealedWidget } from './sealed.tsx'
import { TagsWidget } from './tags.tsx'
import { TextWidget } from './text.tsx'
import { TimeWidget } from './time.tsx'
import type { WidgetProps } from './widget.ts'

const byType: Readonly<Record<string, unknown>> = {
  text: TextWidget,
  narrative: NarrativeWidget,
  count: CountWidget,
  flag: FlagWidget,
  day: DayWidget,
  time: TimeWidget,
  instant: InstantWidget,
  'one-of': OneOfWidget,
  choice: ChoiceWidget,
  tags: TagsWidget,
  reference: ReferenceWidget,
  references: ReferencesWidget,
  'keyed-set': KeyedSetWidget,
  sealed: SealedWidget,
}

/** Types of field that a person can be asked for. */
export const widgetTypes = Object.keys(byType)

/** The widget of a field's type. Each takes the values of its own type, which the declaration's schema has already vouched for. */
export const Widget = (props: WidgetProps) => {
  const One = byType[props.field.type] as ComponentType<WidgetProps<Json>> | undefined
  return One ? <One {...props} /> : null
}
