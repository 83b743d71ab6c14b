import { useState } from 'preact/hooks'
import { type Day, type DayFailure, parseDay } from '#domain/kernel/day.ts'
import { dayText, t } from '#src/i18n/index.ts'
import { Calendar } from './calendar.tsx'
import type { FieldText } from './field.tsx'
import { IconButton } from './icon-button.tsx'
import { Sheet } from './modal.tsx'
import { TextField } from './text-field.tsx'
import { words } from './words.ts'

const sentences = {
  format: 'errors.day',
  'no-such-day': 'errors.dayNone',
  'year-out-of-range': 'errors.dayRange',
  'year-two-digits': 'errors.dayTwoDigits',
} as const satisfies Record<Exclude<DayFailure, 'empty'>, string>

interface Limits {
  today: Day
  min?: Day | undefined
  max?: Day | undefined
}

/** The day that the text means, and what is wrong with it in a sentence. */
function read(text: string, { today, min, max }: Limits): { day?: Day | undefined; problem?: string } {
  const parsed = parseDay(text, { today })
  if (!parsed.ok) return parsed.reason === 'empty' ? {} : { problem: t(sentences[parsed.reason]) }
  const day = parsed.value
  if (min && day < min) return { day, problem: t('errors.dayBefore', { day: dayText(min) }) }
  if (max && day > max) return { day, problem: t('errors.dayAfter', { day: dayText(max) }) }
  return { day }
}

/**
 * A calendar day, ISO outside. It is typed in either era, in digits or words, or picked from a month; while it is being
 * typed the line below says in words what was understood. What cannot be read stays in the field and is undefined outside.
 */
export function DayField(
  props: FieldText &
    Limits & { value: Day | undefined; onChange: (day: Day | undefined) => void; required?: boolean | undefined },
) {
  const { value } = props
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [left, setLeft] = useState(true)
  const [open, setOpen] = useState(false)
  const text = typed !== undefined && read(typed, props).day === value ? typed : value ? dayText(value) : ''
  const { problem } = read(text, props)
  const pick = (day: Day) => {
    setTyped(undefined)
    setLeft(true)
    setOpen(false)
    props.onChange(day)
  }
  return (
    <>
      <TextField
        {...props}
        value={text}
        error={props.error ?? (left ? problem : undefined)}
        onInput={(next) => {
          setTyped(next)
          setLeft(false)
          props.onChange(read(next, props).day)
        }}
        onBlur={() => {
          setLeft(true)
          if (value) setTyped(undefined)
        }}
        trailing={<IconButton icon="calendar" label={words('day.open')} onClick={() => setOpen(true)} />}
        after={
          !left && value && text !== dayText(value) ? (
            <p class="field__echo" role="status">
              {words('day.understood', { day: dayText(value, 'full') })}
            </p>
          ) : null
        }
      />
      <Sheet open={open} onClose={() => setOpen(false)} title={props.label}>
        <Calendar value={value} today={props.today} min={props.min} max={props.max} onPick={pick} />
      </Sheet>
    </>
  )
}
