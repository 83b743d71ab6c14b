/** Paths drawn without the places around them: instruments and forms that have their own way back. */
export const fullScreen: readonly RegExp[] = [
  /^\/training\/(new|[^/]+\/(prepare|check-in|roster|close))/,
  /^\/bwr\/(new|[^/]+\/edit)/,
  /^\/complaint\/.+/,
  /^\/records\/[^/]+\/(new|[^/]+\/edit)/,
  /^\/admin\/.+\/(new|edit)/,
]
