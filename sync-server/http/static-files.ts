import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { RequestHandler, Response } from 'express'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly immutable: boolean
  readonly plain: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
}

/** The built app, by path. It is read once, so that one running server never mixes two builds. */
export const readStaticFiles = (folder: string): ReadonlyMap<string, StaticFile> => {
  const files = new Map<string, StaticFile>()
  const names = listFiles(folder)
  const read = (name: string) => (names.has(name) ? readFileSync(join(folder, name)) : undefined)
  for (const name of names) {
    if (/\.(br|gz|map)$/.test(name)) continue
    const plain = read(name)!
    const br = read(`${name}.br`)
    const gzip = read(`${name}.gz`)
    files.set(`/${name.split(sep).join('/')}`, {
      type: types[extname(name)] ?? 'application/octet-stream',
      etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
      immutable: name.startsWith(`assets${sep}`),
      plain,
      ...(br && { br }),
      ...(gzip && { gzip }),
    })
  }
  return files
}

const listFiles = (folder: string): Set<string> => {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return new Set(entries.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name))))
  } catch {
    return new Set()
  }
}

/**
 * Answers files of the built app, precompressed, and the app itself for navigations to any of its addresses. A missing asset stays
 * missing: HTML in its place would only hide the fault.
 */
export const serveStatic = (files: ReadonlyMap<string, StaticFile>): RequestHandler => {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const path = request.path === '/' ? '/index.html' : request.path
    const file = files.get(path) ?? (isNavigation(request.path, request.headers.accept) && files.get('/index.html'))
    if (!file) return next()
    // Asked one by one: browsers name gzip first and mean nothing by it.
    const encoding = request.acceptsEncodings('br') || request.acceptsEncodings('gzip')
    send(response, file, encoding, request.headers['if-none-match'])
  }
}

const isNavigation = (path: string, accept: string | undefined) =>
  (accept ?? '').includes('text/html') && !path.startsWith('/api/') && !path.startsWith('/assets/')

const send = (response: Response, file: StaticFile, encoding: string | false, known: string | undefined): void => {
  const packed = encoding === 'br' ? file.br : encoding === 'gzip' ? file.gzip : undefined
  const etag = `"${file.etag}${packed ? `-${encoding}` : ''}"`
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('ETag', etag)
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (known?.split(/,\s*/).includes(etag)) {
    response.status(304).end()
    return
  }
  response.setHeader('Content-Type', file.type)
  if (packed) response.setHeader('Content-Encoding', encoding as string)
  const body = packed ?? file.plain
  response.setHeader('Content-Length', body.length)
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
