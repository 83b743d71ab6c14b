/** Set at build time by vite.config.ts. */
declare const __VERSION__: string
/** When the app was built, in milliseconds: no clock that is right can be before it. */
declare const __BUILT_AT__: number
