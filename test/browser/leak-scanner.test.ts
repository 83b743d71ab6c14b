import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '#test/support/browser.ts'
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
let profile: string
let folder: string
beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'bowon-leak-'))
  folder = mkdtempSync(join(tmpdir(), 'bowon-leak-'))
  pages = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<title>x</title>'))
  await new Promise<void>((resolve) => pages.listen(0, 'localhost', resolve))
  const url = `http://localhost:${(pages.address() as AddressInfo).port}/`

  const browser = await openBrowser(profile)
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
})
afterAll(() => {
  pages.close()
  for (const one of [profile, folder]) rmSync(one, { recursive: true, force: true })
})

describe('the search for leaked words', () => {
  it.each(Object.entries(control))('finds what lies in %s', (_, word) => {
    expect(findWords(profile, [word])).not.toEqual([])
  })

  it('needs decoding: a large value is in no file as it was written', () => {
    const found = findWords(profile, [control.compressed])
    expect(found.some(({ decoded }) => decoded)).toBe(true)
  })

  it('reads the tables of LevelDB, not only its logs', () => {
    const files = findWords(profile, [control.indexedDb, control.compressed]).map(({ file }) => file)
    expect(files.filter((file) => file.endsWith('.ldb'))).not.toEqual([])
  })

  it('finds nothing that was never there', () => {
    expect(findWords(profile, [absent])).toEqual([])
  })

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
