import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { build, type Plugin } from 'vite'
import type { StorePage } from '#test/browser/store-page/page.ts'

declare global {
  var page: StorePage
}

export interface StoreSite {
  readonly url: string
  /** Saves that the page has told of, in the order in which they came. */
  readonly told: { n: number; record: string; count: number }[]
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/**
 * A production build of the store's test page, or of another in `root`, served as the real server would. What begins with /api goes on to
 * the server on `api`, and is cut off while there is none. `plugins` may alter what is built.
 */
export const serveStorePage = async (
  api?: () => number,
  plugins: readonly Plugin[] = [],
  root = new URL('../browser/store-page', import.meta.url),
): Promise<StoreSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'bowon-store-page-'))
  await build({
    configFile: false,
    root: root.pathname,
    logLevel: 'error',
    plugins: [...plugins],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    worker: { format: 'es', plugins: () => [...plugins] },
  })
  const told: StoreSite['told'] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://here')
    if (pathname === '/told') {
      const [n, record, count] = ['n', 'record', 'count'].map((name) => searchParams.get(name)!)
      told.push({ n: Number(n), record: record!, count: Number(count) })
      return void response.writeHead(204).end()
    }
    if (pathname.startsWith('/api/') && api) return void passOn(request, response, api())
    const name = pathname === '/' ? '/index.html' : pathname
    try {
      const bytes = await readFile(join(folder, name))
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  const port = await listen(server)
  return {
    url: `http://localhost:${port}/`,
    told,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const passOn = (request: IncomingMessage, response: ServerResponse, port: number) => {
  const { method, url: path, headers } = request
  const onward = ask({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })

/** Opens the page and waits until its store is open. */
export const openStorePage = async (context: BrowserContext, site: StoreSite): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(site.url)
  await page.waitForFunction(() => document.title === 'ready')
  return page
}
