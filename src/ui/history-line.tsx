import { classes } from './classes.ts'
import './history-line.css'

export interface HistoryStep {
  title: string
  detail: string
  /** The server's receipt for it is verified. */
  safe?: boolean | undefined
}

/** What happened to a record, oldest first: dots on a line, down in a narrow column and across in a wide one. */
export const HistoryLine = (props: { label: string; steps: readonly HistoryStep[] }) => (
  <div class="history-seat">
    <ol class="history" aria-label={props.label}>
      {props.steps.map((step, at) => (
        <li key={at} class={classes('history__step', step.safe && 'history__step--safe')}>
          <p class="history__title">{step.title}</p>
          <p class="history__detail">{step.detail}</p>
        </li>
      ))}
    </ol>
  </div>
)
