import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { addDays, type Day } from '#domain/kernel/day.ts'
import { dayText, locale, t } from '#src/i18n/index.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import { words } from './words.ts'
import './calendar.css'

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
const firstOf = (day: Day) => `${day.slice(0, 7)}-01` as Day
const weekday = (day: Day) => new Date(day).getUTCDay()

/** The days of the month that `day` is in. */
function monthOf(day: Day): Day[] {
  const days: Day[] = []
  for (let at = firstOf(day); at.slice(0, 7) === day.slice(0, 7); at = addDays(at, 1)) days.push(at)
  return days
}

const monthTitle = (day: Day) =>
  new Intl.DateTimeFormat(locale() === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(day))

/** One month to pick a day from; arrows move by day and week, Page Up and Page Down by month. */
export function Calendar(props: {
  value: Day | undefined
  today: Day
  min?: Day | undefined
  max?: Day | undefined
  onPick: (day: Day) => void
}) {
  const outside = (day: Day) =>
    (props.min !== undefined && day < props.min) || (props.max !== undefined && day > props.max)
  const [at, setAt] = useState<Day>(props.value && !outside(props.value) ? props.value : props.today)
  const grid = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => {
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at])
  const days = monthOf(at)
  const turn = (by: 1 | -1) => setAt(firstOf(addDays(by > 0 ? days.at(-1)! : days[0]!, by)))
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step !== undefined) setAt((now) => addDays(now, step))
    else if (event.key === 'PageUp') turn(-1)
    else if (event.key === 'PageDown') turn(1)
    else return
    event.preventDefault()
  }
  return (
    <div class="calendar">
      <div class="calendar__head">
        <IconButton icon="chevron-left" label={words('day.previousMonth')} onClick={() => turn(-1)} />
        <h3 aria-live="polite">{monthTitle(at)}</h3>
        <IconButton icon="chevron-right" label={words('day.nextMonth')} onClick={() => turn(1)} />
      </div>
      <div class="calendar__week" aria-hidden>
        {words('day.weekdays')
          .split(' ')
          .map((name, index) => (
            <span key={index}>{name}</span>
          ))}
      </div>
      <fieldset
        class={`calendar__grid calendar__grid--${weekday(days[0]!)}`}
        aria-label={monthTitle(at)}
        ref={grid}
        onKeyDown={onKeyDown}
      >
        {days.map((day) => (
          <button
            key={day}
            type="button"
            class={classes('calendar__day', day === props.today && 'calendar__day--today')}
            tabIndex={day === at ? 0 : -1}
            autofocus={day === at}
            aria-pressed={day === props.value}
            aria-current={day === props.today ? 'date' : undefined}
            aria-disabled={outside(day) || undefined}
            aria-label={dayText(day)}
            onClick={() => !outside(day) && props.onPick(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </fieldset>
      <div class="cluster">
        {[
          { day: props.today, label: t('today') },
          { day: addDays(props.today, -1), label: t('yesterday') },
        ].map(
          ({ day, label }) =>
            !outside(day) && (
              <Button key={day} variant="plain" size="small" onClick={() => props.onPick(day)}>
                {label}
              </Button>
            ),
        )}
      </div>
    </div>
  )
}
