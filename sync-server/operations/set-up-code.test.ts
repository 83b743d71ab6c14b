import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { newCode } from './set-up-code.ts'

const start = () => {
  const said: string[] = []
  const code = newCode(randomBytes, (line) => said.push(line))
  code.announce()
  const shown = () => /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said.at(-1) ?? '')?.[0] ?? ''
  return { code, shown, said }
}

test('the code on the console is accepted, however it is typed', () => {
  const { code, shown } = start()
  expect(shown()).toHaveLength(14)
  expect(code.accepts(shown())).toBe(true)
  expect(code.accepts(shown().toLowerCase().replaceAll('-', ' '))).toBe(true)
})

test('wrong codes do not void it, and the console tells of them', () => {
  const { code, shown, said } = start()
  const own = shown()
  for (let i = 0; i < 50; i++) expect(code.accepts('AAAA-AAAA-AAAA')).toBe(false)
  expect(said.filter((line) => line.startsWith('Ten wrong'))).toHaveLength(1)
  expect(code.accepts(own)).toBe(true)
})
