import { useEffect } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'

/** The title of the window: where one is, never whom it is about. */
export const useTitle = (where: string): void => {
  useEffect(() => {
    document.title = `${where} · ${t('appName')}`
  }, [where])
}
