import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** What `npm start` tells node beside the program: young memory of 8 MB, because node gives back none that it has once grown to. */
export const nodeOptions: readonly string[] = (scripts.start as string)
  .split(' ')
  .filter((word) => word.startsWith('--'))
