import { expect, test } from 'vitest'
import { bundleText, cutBundles, readBundle, readSealedFile, sealedFile } from './bundle.ts'

const bundle = {
  province: 'AAAAAAAAAAAAAAAAAAAAAA',
  device: 'BBBBBBBBBBBBBBBBBBBBBA',
  credential: 'secret',
  lines: ['{"n":1}', '{"n":2,"ก":"\u2028"}'],
}
const age = 'YWdlLWVuY3J5cHRpb24ub3JnL3YxAAAA'

test('a bundle is read as it was written; anything else is none', () => {
  expect(readBundle(bundleText(bundle))).toMatchObject(bundle)
  for (const other of ['', '{}', 'x', '{"bowon-bundle":2}', bundleText({ ...bundle, device: 'short' })])
    expect(readBundle(other)).toBeNull()
})

test('a file of sealed bundles is read as it was written, also with the line ends of Windows; a cut one is refused', () => {
  const file = sealedFile([age, `${age}B`])
  expect(readSealedFile(file)).toEqual([age, `${age}B`])
  expect(readSealedFile(file.replaceAll('\n', '\r\n'))).toEqual([age, `${age}B`])
  for (const other of [
    '',
    'bowon-sealed 1\n',
    file.slice(0, -1),
    file.replace('bowon', 'other'),
    `${file}x\n`,
    'a,b\n1,2\n',
  ])
    expect(readSealedFile(other), other).toBeNull()
})

test('bundles are cut by size, keep the order, and a large line has one of its own', () => {
  const lines = ['a'.repeat(10), 'b'.repeat(599_990), 'c'.repeat(700_000), 'd', 'e']
  const cut = cutBundles(lines, (line) => line.length)
  expect(cut.flat()).toEqual(lines)
  expect(cut.map((some) => some.length)).toEqual([1, 1, 1, 2])
  expect(cutBundles([], () => 1)).toEqual([])
})
