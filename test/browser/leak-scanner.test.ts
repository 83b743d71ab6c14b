import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indexedDbBackends, openBrowser } from '#test/support/browser.ts'
import { findInText, findWords } from '#test/support/leak-scanner.ts'

/** Written on purpose, each into one store: whoever searches must find them all. */
const control = {
  indexedDb: 'ควบคุมฐานข้อมูล',
  compressed: 'ควบคุมค่าที่บีบอัด',
  opfs: 'ควบคุมแฟ้มส่วนตัว',
  local: 'ควบคุมที่เก็บเล็ก',
  cache: 'ควบคุมแคชของหน้า',
}
const absent = 'คำนี้ไม่มีใครพิมพ์'

let pages: Server
let url: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-leak-'))
  pages = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<title>x</title>'))
  await new Promise<void>((resolve) => pages.listen(0, 'localhost', resolve))
  url = `http://localhost:${(pages.address() as AddressInfo).port}/`
})
afterAll(() => {
  pages.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Writes every word on purpose. */
const writeControls = async (profile: string, flags: readonly string[]) => {
  const browser = await openBrowser(profile, { flags })
  const page = browser.pages()[0]!
  await page.goto(url)
  await page.evaluate(async (words) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('control')
      asked.onupgradeneeded = () => asked.result.createObjectStore('words')
      asked.onsuccess = () => resolve(asked.result)
    })
    await new Promise<void>((resolve) => {
      const writing = database.transaction('words', 'readwrite', { durability: 'strict' })
      writing.objectStore('words').put(words.indexedDb, 1)
      writing.objectStore('words').put(new TextEncoder().encode(`${words.compressed} `.repeat(3000)), 2)
      writing.oncomplete = () => resolve()
    })
    // more than LevelDB keeps in its log: what came before is written into a table, compressed
    for (let at = 10; at < 250; at++) {
      await new Promise<void>((resolve) => {
        const writing = database.transaction('words', 'readwrite')
        writing.objectStore('words').put(crypto.getRandomValues(new Uint8Array(40_000)), at)
        writing.oncomplete = () => resolve()
      })
    }
    const root = await navigator.storage.getDirectory()
    const file = await (await root.getFileHandle('control', { create: true })).createWritable()
    await file.write(words.opfs)
    await file.close()
    localStorage.setItem('control', words.local)
    await (await caches.open('control')).put('/control', new Response(words.cache))
  }, control)
  await browser.close()
}

describe.each(indexedDbBackends)(
  'the search for leaked words in a browser that keeps IndexedDB in $backend',
  (kept) => {
    let profile: string
    beforeAll(async () => {
      profile = mkdtempSync(join(tmpdir(), 'bowon-leak-'))
      await writeControls(profile, kept.flags)
    })
    afterAll(() => rmSync(profile, { recursive: true, force: true }))

    it.each(Object.entries(control))('finds what lies in %s', (_, word) => {
      expect(findWords(profile, [word])).not.toEqual([])
    })

    it('needs decoding: a large value is in no file as it was written', () => {
      const found = findWords(profile, [control.compressed])
      expect(found.some(({ decoded }) => decoded)).toBe(true)
    })

    it('reads where IndexedDB keeps them: the tables of LevelDB, not only its logs, or the file of SQLite', () => {
      const files = findWords(profile, [control.indexedDb, control.compressed]).map(({ file }) => file)
      const where = kept.backend === 'LevelDB' ? /IndexedDB\/.+\.ldb$/ : /IndexedDB\/.+\/[0-9A-Z]+$/
      for (const word of [control.indexedDb, control.compressed])
        expect(
          findWords(profile, [word])
            .map(({ file }) => file)
            .filter((file) => where.test(file)),
          files.join(' '),
        ).not.toEqual([])
    })

    it('finds nothing that was never there', () => {
      expect(findWords(profile, [absent])).toEqual([])
    })
  },
)

describe('the search for leaked words', () => {
  it('finds what lies in an SQLite file and in its write-ahead log', () => {
    const database = new DatabaseSync(join(folder, 'control.sqlite'))
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x TEXT)')
    database.prepare('INSERT INTO t VALUES (?)').run(control.local)
    expect(findWords(folder, [control.local]).map(({ file }) => file)).toContain('control.sqlite-wal')
    database.close()
    expect(findWords(folder, [control.local]).map(({ file }) => file)).toContain('control.sqlite')
  })

  it.each([
    ['utf8', Buffer.from(`said ${absent}`)],
    ['utf16', Buffer.from(absent, 'utf16le')],
    ['mojibake', Buffer.from(Buffer.from(absent, 'utf8').toString('latin1'), 'utf8')],
    ['percent', Buffer.from(`GET /x?q=${encodeURIComponent(absent)}`)],
    ['escaped', Buffer.from(absent.replace(/./g, (sign) => `\\u0${sign.charCodeAt(0).toString(16)}`))],
  ] as const)('reads a text as %s', (as, bytes) => {
    const own = mkdtempSync(join(folder, 'bytes-'))
    writeFileSync(join(own, 'file'), bytes)
    expect(findWords(own, [absent]).map((one) => one.as)).toContain(as)
  })

  it('reads what a program printed', () => {
    expect(findInText(`{"level":30,"msg":"${absent}"}`, [absent])).toHaveLength(1)
  })
})
