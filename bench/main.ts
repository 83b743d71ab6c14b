// `npm run bench [name]`: one of the benches; without a name, our server against the raw limit. Each says what it measured, and writes it beside itself.
const benches = [
  'raw-limit',
  'load',
  'growth',
  'inbox',
  'fresh-tablet',
  'cold-start',
  'signatures',
  'names',
  'door',
] as const

const wanted = process.argv[2] ?? benches[0]
if (!benches.some((one) => one === wanted)) {
  console.error(`npm run bench [${benches.join(' | ')}]: there is no bench "${wanted}"`)
  process.exit(1)
}
await import(`./${wanted}.ts`)

export {}
