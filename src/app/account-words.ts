import { defineArea } from '#src/i18n/area.ts'
import th from '#src/i18n/th/account.ts'

export const w = defineArea({ th, en: () => import('#src/i18n/en/account.ts') })
