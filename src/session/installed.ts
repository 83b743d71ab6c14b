/** Whether the app runs from the home screen, where the browser keeps its storage. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

/** iPadOS calls itself a Mac, but no Mac has a touch screen. */
const isIpad = (): boolean =>
  /iPad|iPhone/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

/** On an iPad, a page that is not installed loses what it stored after seven days without a visit. */
export const isIpadInBrowser = (): boolean => isIpad() && !isInstalled()
