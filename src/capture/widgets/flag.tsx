import { Checkbox } from '#src/ui/checkbox.tsx'
import type { WidgetProps } from './widget.ts'

export const FlagWidget = ({ id, label, hint, error, value, onChange }: WidgetProps<boolean>) => (
  <Checkbox id={id} label={label} hint={hint} error={error} checked={value === true} onChange={onChange} />
)
