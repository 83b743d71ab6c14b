/** Screens that fill the window: forms with a dock, and check-in. */
export const fullScreen: readonly RegExp[] = [
  /^\/training\/new$/,
  /^\/training\/(?!people\/)[^/]+\/(prepare|roster|check-in|close)$/,
]
