import { showsNobody as admin } from '#src/admin/routes.ts'

/** Paths whose screens show no person, whoever looks: they need no way out at once. Every other screen has one. */
const paths: readonly RegExp[] = [...admin]

export const showsNobody = (path: string): boolean => paths.some((one) => one.test(path))
