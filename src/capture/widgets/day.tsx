import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { DayField } from '#src/ui/day-field.tsx'
import type { WidgetProps } from './widget.ts'

export const DayWidget = ({ value, ...rest }: WidgetProps<string>) => (
  <DayField {...rest} today={dayOfInstant(Date.now())} value={value as Day | undefined} />
)
