import type { StaffId } from '#domain/kernel/id.ts'

/** Where in `meta` a person's cursor lies. */
export const cursorKey = (person: StaffId) => `cursor:${person}`
