import { NumberField } from '#src/ui/number-field.tsx'
import type { WidgetProps } from './widget.ts'

export const CountWidget = ({ field, ...rest }: WidgetProps<number>) => (
  <NumberField {...rest} value={rest.value} max={field.max} />
)
