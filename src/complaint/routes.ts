import { signal } from '@preact/signals'

/**
 * Somebody is telling something right now. The questions and the slip have no address of their own: neither the history of the browser nor a
 * step back says that there were any.
 */
export const telling = signal(false)

/** Whether this slice is drawn without the places around it. */
export const fillsWindow = (path: string): boolean => path === '/complaint' && telling.value
