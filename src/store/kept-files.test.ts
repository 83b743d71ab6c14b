import { describe, expect, test } from 'vitest'
import { memoryFolder } from '#test/support/memory-folder.ts'
import { keptFiles } from './kept-files.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = async (folder: ReturnType<typeof memoryFolder>, key: string) => {
  const found = await keptFiles(folder).get(key)
  return found && new TextDecoder().decode(found)
}

describe('small files that are replaced whole', () => {
  test('the newest version is read', async () => {
    const folder = memoryFolder()
    const files = keptFiles(folder)
    for (const text of ['one', 'two', 'three']) await files.put('draft', bytes(text))
    expect(await read(folder, 'draft')).toBe('three')
    expect(await folder.list()).toHaveLength(2)
  })

  test('a version that was torn at any byte leaves the one before it', async () => {
    const folder = memoryFolder()
    await keptFiles(folder).put('draft', bytes('before'))
    await keptFiles(folder).put('draft', bytes('after, and longer'))
    const [name, whole] = [...folder.flushed].sort(([, a], [, b]) => b.length - a.length)[0]!
    for (let cut = 0; cut < whole.length; cut++) {
      folder.flushed.set(name, whole.slice(0, cut))
      expect(await read(folder, 'draft')).toBe('before')
    }
  })

  test.each([2, 3])('a removal that breaks off leaves the newest of %i versions, or none', async (versions) => {
    const folder = memoryFolder()
    for (let count = 1; count <= versions; count++) await keptFiles(folder).put('draft', bytes(`${count}`))
    let removals = 0
    const dying = {
      ...folder,
      async remove(name: string) {
        if (++removals > 1) throw new DOMException('its page has died', 'InvalidStateError')
        await folder.remove(name)
      },
    }
    await expect(keptFiles(dying).remove('draft')).rejects.toThrow()
    expect(await read(folder, 'draft')).toBe(`${versions}`)
  })

  test('keys may hold any sign, are listed once, and go with both their versions', async () => {
    const files = keptFiles(memoryFolder())
    for (const key of ['a/b~1', 'ร่าง', 'a/b~1']) await files.put(key, bytes('x'))
    expect(await files.list()).toEqual(['a/b~1', 'ร่าง'])
    await files.remove('a/b~1')
    expect(await files.list()).toEqual(['ร่าง'])
    expect(await files.get('a/b~1')).toBeNull()
  })
})
