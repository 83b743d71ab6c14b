import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { newCode } from './set-up-code.ts'

const start = () => {
  const said: string[] = []
  const code = newCode(randomBytes, (line) => said.push(line))
  code.announce()
  const shown = () => /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said.at(-1) ?? '')?.[0] ?? ''
  return { code, shown }
}

test('the code on the console is accepted, however it is typed', () => {
  const { code, shown } = start()
  expect(shown()).toHaveLength(14)
  expect(code.accepts(shown())).toBe(true)
  expect(code.accepts(shown().toLowerCase().replaceAll('-', ' '))).toBe(true)
})

test('after ten wrong codes the old one is void and another is shown', () => {
  const { code, shown } = start()
  const old = shown()
  for (let i = 0; i < 9; i++) expect(code.accepts('AAAA-AAAA-AAAA')).toBe(false)
  expect(code.accepts(old)).toBe(true)
  expect(code.accepts('AAAA-AAAA-AAAA')).toBe(false)
  expect(shown()).not.toBe(old)
  expect(code.accepts(old)).toBe(false)
  expect(code.accepts(shown())).toBe(true)
})
