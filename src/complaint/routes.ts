/** Paths drawn without the places around them. */
export const fullScreen: readonly RegExp[] = [/^\/complaint\/new/]
