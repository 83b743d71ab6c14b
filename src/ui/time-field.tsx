import { useState } from 'preact/hooks'
import { parseTime } from '#domain/kernel/time-of-day.ts'
import { clockText, t } from '#src/i18n/index.ts'
import type { FieldText } from './field.tsx'
import { TextField } from './text-field.tsx'

const read = (text: string): string | undefined => {
  const parsed = parseTime(text)
  return parsed.ok ? parsed.value : undefined
}

function problemOf(text: string): string | undefined {
  const parsed = parseTime(text)
  if (parsed.ok || parsed.reason === 'empty') return undefined
  return parsed.reason === 'no-such-time' ? t('errors.timeNone') : t('errors.time')
}

/** A time of day, `HH:MM` outside; 9.30, 0930 and ๐๙.๓๐ are all understood. */
export function TimeField(
  props: FieldText & {
    value: string | undefined
    onChange: (time: string | undefined) => void
    required?: boolean | undefined
  },
) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [left, setLeft] = useState(true)
  const known = props.value === undefined ? '' : clockText(props.value)
  const text = typed !== undefined && read(typed) === props.value ? typed : known
  return (
    <TextField
      {...props}
      icon="clock"
      inputMode="decimal"
      value={text}
      error={props.error ?? (left ? problemOf(text) : undefined)}
      onInput={(next) => {
        setTyped(next)
        setLeft(false)
        props.onChange(read(next))
      }}
      onBlur={() => {
        setLeft(true)
        if (read(text)) setTyped(undefined)
      }}
    />
  )
}
