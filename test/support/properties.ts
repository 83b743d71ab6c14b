import fc from 'fast-check'

/** Properties run as fast-check runs them; the soak asks for more, from a seed that it prints. */
const runs = process.env.PROPERTY_RUNS
const seed = process.env.SEED
fc.configureGlobal({ ...(runs && { numRuns: Number(runs) }), ...(seed && { seed: Number(seed) }) })
