import './key-hint.css'

/** Keys and what they do, for people with a keyboard; not shown where there is only touch. */
export const KeyHint = (props: { keys: readonly string[]; children: string }) => (
  <p class="key-hint">
    {props.keys.map((key) => (
      <kbd key={key}>{key}</kbd>
    ))}
    <span>{props.children}</span>
  </p>
)
