import { fullScreen as activity } from '#src/activity/routes.ts'
import { fullScreen as admin } from '#src/admin/routes.ts'
import { fullScreen as plain } from '#src/capture/plain/routes.ts'
import { fullScreen as complaint } from '#src/complaint/routes.ts'
import { fullScreen as review } from '#src/review/routes.ts'
import { fullScreen as training } from '#src/training/routes.ts'

/** Paths drawn without the places around them: instruments and forms that have their own way back. */
export const fullScreen: readonly RegExp[] = [...training, ...activity, ...complaint, ...review, ...admin, ...plain]
