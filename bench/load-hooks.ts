import { registerHooks } from 'node:module'

/**
 * For the tablets of `load.ts`: what only Vite understands in an import (the address of a worker, which nothing asks for outside a browser),
 * and in Dexie's place the simulation's stand-in, because hundreds of tablets share two cores with the servers that are measured.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.endsWith('?worker&url')) return { url: 'data:text/javascript,export default ""', shortCircuit: true }
    if (specifier === 'dexie')
      return { url: new URL('../test/simulation/quick-dexie.ts', import.meta.url).href, shortCircuit: true }
    return next(specifier, context)
  },
})
