import { Icon } from '#src/ui/icon.tsx'
import { w } from '../words.ts'

/** What only the desk's keys open is neither shown nor typed here. */
export const SealedWidget = (props: { label: string }) => (
  <div class="field">
    <p class="field__label">{props.label}</p>
    <p class="muted cluster">
      <Icon name="lock" size={20} />
      {w('form.notShown')}
    </p>
  </div>
)
