import { words } from './words.ts'
import './stepper.css'

/** How far along a guided path one is: bars for the eye, "question 1 of 6" for everybody. */
export const Stepper = (props: { at: number; of: number; hideWords?: boolean | undefined }) => (
  <div class="stepper">
    <p class={props.hideWords ? 'visually-hidden' : 'stepper__words'}>{words('step', { n: props.at, of: props.of })}</p>
    <div class="stepper__bars" aria-hidden>
      {Array.from({ length: props.of }, (_, index) => (
        <span key={index} class={index < props.at ? 'stepper__bar stepper__bar--done' : 'stepper__bar'} />
      ))}
    </div>
  </div>
)
