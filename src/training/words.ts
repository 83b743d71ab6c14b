import { defineArea } from '#src/i18n/area.ts'
import th from '#src/i18n/th/training.ts'

export const w = defineArea({ th, en: () => import('#src/i18n/en/training.ts') })
