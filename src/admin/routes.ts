/** Paths of this slice that are drawn without the places around them: forms with their own way back. */
export const fullScreen: readonly RegExp[] = [/^\/admin\/.+\/(new|edit)$/]

/** Paths of this slice that show no person. */
export const showsNobody: readonly RegExp[] = [/^\/admin\/(places|lists|curriculum)(\/|$)/]
