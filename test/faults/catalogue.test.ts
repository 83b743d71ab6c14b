import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${root}docs/reliability.md`, 'utf8')
const rows = page.split('\n').flatMap((line) => {
  const found = /^\| (\d+) \|/.exec(line)
  return found ? [{ number: Number(found[1]), line }] : []
})

test('the table of faults has each once, from 1 to 63', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 63 }, (_, i) => i + 1))
})

test('every test that the table names is there, and every fault has one or a reason', () => {
  for (const { number, line } of rows) {
    const shown = line.split(' | ').at(-1)!
    if (shown.startsWith('Not ')) {
      expect(shown, `fault ${number}`).toMatch(/^Not (injected|yet built)/)
      continue
    }
    const files = [...shown.matchAll(/`([^`]+\.test\.ts)`((?:,? “[^”]+”)+)/g)]
    expect(files.length, `fault ${number}`).toBeGreaterThan(0)
    for (const [, path, names] of files) {
      expect(existsSync(root + path), `${path} of fault ${number}`).toBe(true)
      const text = readFileSync(root + path, 'utf8')
      for (const [, name] of names!.matchAll(/“([^”]+)”/g)) expect(text, `fault ${number}`).toContain(name)
    }
  }
})
