import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { Button } from './button.tsx'
import './quick-exit.css'

/** What leaves at once; null where nobody is shown, and there is no button then. */
export const LeavingAtOnce = createContext<(() => void) | null>(null)

/**
 * One touch to a page without names, at the same corner of every screen. What lies over a screen makes the button of the screen inert and
 * therefore brings its own.
 */
export const QuickExit = () => {
  const leave = useContext(LeavingAtOnce)
  if (!leave) return null
  return (
    <section class="quick-exit screen-only" aria-label={t('leaveAtOnce')}>
      <Button variant="ink" size="small" icon="log-out" onClick={leave}>
        {t('leaveAtOnce')}
      </Button>
    </section>
  )
}
