import { useState } from 'preact/hooks'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Group } from '#src/ui/group.tsx'
import { TimeField } from '#src/ui/time-field.tsx'
import { w } from '../words.ts'
import { type InstantParts, instantFrom, partsOf } from './instant-parts.ts'
import type { WidgetProps } from './widget.ts'

/** A day and a time of day; a half that is missing is asked for, and nothing is known outside until both are there. */
export const InstantWidget = ({ value, onChange, ...rest }: WidgetProps<number>) => {
  const { id } = rest
  const [half, setHalf] = useState<InstantParts>({})
  const parts = value === undefined ? half : partsOf(value)
  const set = (next: InstantParts) => {
    setHalf(next)
    onChange(instantFrom(next))
  }
  const started = value === undefined && (parts.day !== undefined || parts.time !== undefined)
  const missing = (part: unknown) => (started && part === undefined ? t('errors.required') : undefined)
  return (
    <Group {...rest}>
      <div class="columns">
        <DayField
          id={`${id}-day`}
          label={w('form.day')}
          today={dayOfInstant(Date.now())}
          value={parts.day}
          error={missing(parts.day)}
          onChange={(day) => set({ ...parts, day })}
        />
        <TimeField
          id={`${id}-time`}
          label={w('form.time')}
          value={parts.time}
          error={missing(parts.time)}
          onChange={(time) => set({ ...parts, time })}
        />
      </div>
      <Button variant="quiet" size="small" icon="clock" onClick={() => set(partsOf(Date.now()))}>
        {w('form.now')}
      </Button>
    </Group>
  )
}
