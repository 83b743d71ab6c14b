import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { dealCells, unnamed } from '#test/matrix/deal.ts'
import { plants } from '#test/matrix/plants.ts'
import { pushCells, tellWrong } from '#test/matrix/push.ts'
import type { Report } from '#test/matrix/run.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { onBothDatabases } from './subjects.ts'

// Kind × field × author × proof × place, judged by rules of their own (test/matrix/rules.ts). Other cells each
// time; those of a seed again, by themselves: `node test/matrix/run.ts --seed N`.

/** PostgreSQL has the same judge over another database: a sample of its rows is enough. */
const cellsOn = { sqlite: Number(process.env.MATRIX_CELLS ?? 21_000), postgresql: 400 }

test('the rules name every kind and field', () => {
  expect(unnamed()).toEqual([])
})

onBothDatabases('The authorization matrix', ({ store }) => {
  test('is answered as the rules say, cell for cell', async () => {
    const cells = dealCells({ seed, cells: cellsOn[store().dialect] })
    const wrongs = await pushCells(store(), cells)
    expect(wrongs.slice(0, 20).map(tellWrong)).toEqual([])
    printFigure(`matrix: ${cells.length} cells on ${store().dialect}, ${wrongs.length} otherwise than the rules`)
  })
})

describe('a mistake in the judge', () => {
  const run = fileURLToPath(new URL('../matrix/run.ts', import.meta.url))
  const met = (most: readonly (readonly [string, number])[]) =>
    most
      .slice(0, 3)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')

  const judgedWith = (plant: string | undefined): Report => {
    const options = [run, '--cells', '5000', '--seed', '1']
    const { stdout, stderr } = spawnSync(process.execPath, options, {
      env: { ...process.env, PLANT: plant },
      encoding: 'utf8',
    })
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    expect(last, stderr).toMatch(/^\{/)
    return JSON.parse(last) as Report
  }

  test('is not met where none is planted, or what follows would show nothing', () => {
    expect(judgedWith(undefined)).toMatchObject({ cells: 5000, wrong: 0 })
  })

  test.each(plants)('is met: $name', ({ name }) => {
    const { cells, wrong, met: by } = judgedWith(name)
    const dimensions = Object.entries(by).map(([dimension, most]) => `${dimension}: ${met(most)}`)
    console.log(`planted ${name}: ${wrong} of ${cells} cells; ${dimensions.join('; ')}; seed 1`)
    expect(wrong).toBeGreaterThan(0)
  })
})
