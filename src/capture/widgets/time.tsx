import { TimeField } from '#src/ui/time-field.tsx'
import type { WidgetProps } from './widget.ts'

export const TimeWidget = (props: WidgetProps<string>) => <TimeField {...props} value={props.value} />
