// `npm run prove <area> [-- --long]`: one line for each promise of the area, with its figure, its bound, and whether it holds. It exits with 1
// when one falls short. What is called, and what is taken out of what it prints, stands in proofs.ts.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Outcome, type Proof, proofs } from './proofs.ts'

const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [area = ''] = positionals
if (!Object.hasOwn(proofs, area)) {
  console.error(
    `npm run prove <area>: ${area ? `there is no area "${area}"` : 'which area'}? ${Object.keys(proofs).join(', ')}`,
  )
  process.exit(1)
}

const report = join(tmpdir(), `bowon-prove-${process.pid}.json`)

const call = ({ vitest, node = [], env }: Proof): Promise<Outcome> => {
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const [program, options] = vitest ? ['vitest', ['run', ...reporters, ...vitest]] : ['node', node]
  const child = spawn(program, options, { env: { ...process.env, ...env, NO_COLOR: '1' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output, ...counted() }))
  })
}

/** Counts of vitest; all nought where it was not asked, or fell before it could report. */
const counted = (): Pick<Outcome, 'passed' | 'failed' | 'skipped'> => {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests',
    number
  >
  rmSync(report)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
}

let short = 0
for (const proof of proofs[area]!) {
  if (proof.long && !values.long) {
    for (const { what } of proof.promises) console.log(`not asked  ${what}: with --long`)
    continue
  }
  const startedAt = Date.now()
  const outcome = await call(proof)
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  const looks = proof.promises.map(({ look, ...one }) => ({ ...one, ...look(outcome) }))
  for (const { what, bound, figure, holds } of looks)
    console.log(`${holds ? 'holds' : 'short'}  ${what}: ${figure} (bound: ${bound}; ${seconds} s)`)
  if (looks.every(({ holds }) => holds)) continue
  short++
  console.log(outcome.output.slice(-4000))
}
process.exit(short === 0 ? 0 : 1)
