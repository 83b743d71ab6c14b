import './planting.ts'
import { parseArgs } from 'node:util'
import type { Cell } from './cell.ts'

// node test/matrix/run.ts --cells 21000 --seed 1: the authorization matrix in a process of its own. PLANT names a mistake of plants.ts that
// is made in the judge. The last line is a Report in JSON; what went otherwise is told before it.

export interface Report {
  readonly cells: number
  /** Cells of which the server thought otherwise than the rules. */
  readonly wrong: number
  /** In how many of them each value of a dimension stood, the most frequent first. */
  readonly met: Readonly<Record<string, readonly (readonly [string, number])[]>>
}

const { values } = parseArgs({
  options: { cells: { type: 'string', default: '21000' }, seed: { type: 'string', default: '1' } },
})
const { dealCells } = await import('./deal.ts')
const { pushCells, tellWrong } = await import('./push.ts')
const { temporaryStore } = await import('#test/support/province.ts')

const count = (wrong: readonly Cell[], of: (cell: Cell) => string) =>
  [...Map.groupBy(wrong, of)].map(([name, all]) => [name, all.length] as const).sort((a, b) => b[1] - a[1])

const opened = await temporaryStore()
const cells = dealCells({ seed: Number(values.seed), cells: Number(values.cells) })
const wrongs = await pushCells(opened.store, cells)
await opened.end()
for (const wrong of wrongs.slice(0, 20)) console.log(tellWrong(wrong))
const wrong = wrongs.map(({ cell }) => cell)
const report: Report = {
  cells: cells.length,
  wrong: wrong.length,
  met: {
    kind: count(wrong, ({ kind }) => kind),
    author: count(wrong, ({ author }) => author),
    proof: count(wrong, ({ proof }) => proof),
    tablet: count(wrong, ({ tablet }) => tablet),
    place: count(wrong, ({ place, to }) => (to ? `${place} to ${to}` : place)),
    does: count(wrong, ({ writes }) => writes.map(({ does }) => does).join(' and ') || 'begins'),
  },
}
console.log(JSON.stringify(report))
