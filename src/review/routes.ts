/** Paths of this slice that are drawn without the places around them. */
export const fullScreen: readonly RegExp[] = [/^\/questions\/[^/]+/]
