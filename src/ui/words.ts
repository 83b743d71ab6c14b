import { defineArea } from '#src/i18n/area.ts'
import th from '#src/i18n/th/ui.ts'

/** The words that the components themselves say. */
export const words = defineArea({ th, en: () => import('#src/i18n/en/ui.ts') })
