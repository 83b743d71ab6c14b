/** Forms are drawn without the places around them. */
export const fullScreen: readonly RegExp[] = [/^\/bwr\/(new|[^/]+\/edit)$/]
