import { TextField } from '#src/ui/text-field.tsx'
import { tooLong } from './too-long.ts'
import type { WidgetProps } from './widget.ts'

export const TextWidget = ({ value = '', field, onChange, ...rest }: WidgetProps<string>) => (
  <TextField
    {...rest}
    value={value}
    error={rest.error ?? tooLong(value, field)}
    onInput={(text) => onChange(text === '' ? undefined : text)}
  />
)
