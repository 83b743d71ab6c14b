import './progress.css'

/** A bar that never stands without its words. `target` is a tick on it, in the units of `max`. */
export function Progress(props: {
  label: string
  value: number
  max: number
  words: string
  target?: number | undefined
  hideLabel?: boolean
}) {
  const share = (part: number) => `${props.max > 0 ? Math.min(100, (part / props.max) * 100) : 0}%`
  return (
    <div class="progress">
      {!props.hideLabel && <p class="progress__label">{props.label}</p>}
      <div
        class="progress__track"
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.max}
        aria-valuenow={props.value}
        aria-valuetext={props.words}
      >
        <div class="progress__fill" style={{ inlineSize: share(props.value) }} />
        {props.target !== undefined && (
          <div class="progress__target" style={{ insetInlineStart: share(props.target) }} />
        )}
      </div>
      <p class="progress__words">{props.words}</p>
    </div>
  )
}
