import { Dialog } from '#src/ui/modal.tsx'
import { w } from './words.ts'

const keys = ['j', 'k', 'a', 'r', 'help'] as const

/** The keys of this screen. They work whatever layout the keyboard is in. */
export const KeysHelp = (props: { open: boolean; onClose: () => void }) => (
  <Dialog open={props.open} onClose={props.onClose} title={w('keys.title')}>
    <dl class="keys-help">
      {keys.map((key) => (
        <div key={key}>
          <dt>
            <kbd>{key === 'help' ? '?' : key}</kbd>
          </dt>
          <dd>{w(`keys.${key}`)}</dd>
        </div>
      ))}
    </dl>
    <p class="small muted">{w('keys.note')}</p>
  </Dialog>
)
