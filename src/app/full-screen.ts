import { fullScreen as activity } from '#src/activity/routes.ts'
import { fullScreen as admin } from '#src/admin/routes.ts'
import { fullScreen as plain } from '#src/capture/plain/routes.ts'
import { fillsWindow as complaintFills } from '#src/complaint/routes.ts'
import { fullScreen as review } from '#src/review/routes.ts'
import { fullScreen as training } from '#src/training/routes.ts'

const paths: readonly RegExp[] = [...training, ...activity, ...review, ...admin, ...plain]

/** What is drawn without the places around it: instruments and forms that have their own way back. */
export const fillsWindow = (path: string): boolean => paths.some((one) => one.test(path)) || complaintFills(path)
