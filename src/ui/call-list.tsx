import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import './call-list.css'

export interface Hotline {
  code: string
  label: string
  /** As people say it: `1111 กด 77`. */
  number?: string | undefined
}

/** What a telephone dials: a comma waits, then presses the next digits. */
const dialled = (number: string): string => `tel:${(number.match(/\d+/g) ?? []).join(',')}`

/** Numbers to call, large enough to be read across a table and typed into another telephone. Works without a network. */
export function CallList(props: {
  title: string
  lines: readonly Hotline[]
  urgent?: boolean | undefined
  call: string
  /** What a screen reader says of one button. */
  callTo: (line: { name: string; number: string }) => string
  none: string
}) {
  return (
    <section class={classes('calls', props.urgent && 'calls--urgent')} role={props.urgent ? 'alert' : undefined}>
      <h2 class="calls__title">
        <Icon name="phone-call" />
        {props.title}
      </h2>
      {props.lines.length === 0 && <p>{props.none}</p>}
      <ul>
        {props.lines.map((line) => {
          const number = line.number ?? ''
          const [digits = '', ...keys] = number.split(' ')
          return (
            <li key={line.code} class="calls__row">
              <span class="calls__number nb">
                {digits}
                {keys.length > 0 && <span class="calls__keys">{keys.join(' ')}</span>}
              </span>
              <span class="calls__name">{line.label}</span>
              <a class="calls__call" href={dialled(number)} aria-label={props.callTo({ name: line.label, number })}>
                <Icon name="phone" />
                {props.call}
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
