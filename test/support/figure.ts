import { execFileSync } from 'node:child_process'

/** One seed for the run; the soak gives it, and whoever repeats a run. */
export const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)

/** A figure of a long form, with what is needed to have it again. */
export const printFigure = (figure: string): void => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  console.log(`${figure}; seed ${seed}, commit ${commit}`)
}
