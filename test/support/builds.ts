import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that holds the production build as another version of it: every asset has another name, every page says which one it is. */
export interface Build {
  readonly name: string
  readonly folder: string
  /** Paths of the scripts of this name, as a browser asks for them. */
  assets(beginning: string): readonly string[]
  /** Writes a file anew. */
  rewrite(file: string, change: (text: string) => string): void
  forget(): void
}

const isText = (file: string) => /\.(js|css|html)$/.test(file)

/**
 * The built app under another version's file names, as a bundler gives them when every chunk has changed. Files are not compressed, so that a
 * test can alter them.
 */
export const makeBuild = (name: string, from = 'dist'): Build => {
  if (!existsSync(join(from, 'index.html'))) throw new Error(`there is no build in ${from}`)
  const folder = mkdtempSync(join(tmpdir(), `bowon-build-${name}-`))
  cpSync(from, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) })
  const assets = readdirSync(join(folder, 'assets'))
  const renamed = assets.map((asset) => [asset, asset.replace(/(\.\w+)$/, `.${name}$1`)] as const)
  for (const [before, after] of renamed) renameSync(join(folder, 'assets', before), join(folder, 'assets', after))
  const rewrite = (file: string, change: (text: string) => string) => {
    const path = join(folder, file)
    writeFileSync(path, change(readFileSync(path, 'utf8')))
  }
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isText)
  const withNewNames = (text: string) => renamed.reduce((all, [before, after]) => all.replaceAll(before, after), text)
  for (const file of texts) rewrite(file, withNewNames)
  for (const page of ['index.html', 'away.html']) {
    rewrite(page, (html) => html.replace('<head>', `<head><meta name="build" content="${name}" />`))
    const revision = createHash('md5')
      .update(readFileSync(join(folder, page)))
      .digest('hex')
    const entry = new RegExp(`"revision":"\\w+","url":"${page}"`)
    rewrite('service-worker.js', (text) => {
      if (!entry.test(text)) throw new Error(`the service worker does not keep ${page}`)
      return text.replace(entry, `"revision":"${revision}","url":"${page}"`)
    })
  }
  return {
    name,
    folder,
    assets: (beginning) =>
      renamed.flatMap(([, after]) =>
        after.startsWith(`${beginning}-`) && after.endsWith('.js') ? [`/assets/${after}`] : [],
      ),
    rewrite,
    forget: () => rmSync(folder, { recursive: true, force: true }),
  }
}
