import { registerHooks } from 'node:module'

/** What only Vite understands in an import: here the address of a worker, which nothing asks for outside a browser. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('?worker&url')
      ? { url: 'data:text/javascript,export default ""', shortCircuit: true }
      : next(specifier, context),
})
