import { useEffect } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'

/** The name of the window: what the screen is for, never whom it shows. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`
  }, [title])
}
