import { TextArea } from '#src/ui/text-area.tsx'
import { tooLong } from './too-long.ts'
import type { WidgetProps } from './widget.ts'

export const NarrativeWidget = ({ value = '', field, onChange, ...rest }: WidgetProps<string>) => (
  <TextArea
    {...rest}
    value={value}
    error={rest.error ?? tooLong(value, field)}
    onInput={(text) => onChange(text === '' ? undefined : text)}
  />
)
