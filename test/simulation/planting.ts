import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { later, quickSeal, small } from './later.ts'
import { altered, plants } from './plants.ts'

// Alters the text of modules while they are loaded: the bug named by PLANT, and what a later version of the program knows. The shipped
// files hold no switch for either. Import it first of all.

const root = new URL('../../', import.meta.url).href
const isOurs = (url: string) => /^(domain|src|sync-server)\//.test(url.slice(root.length)) && url.startsWith(root)

const named = process.env.PLANT
const plant = named === undefined ? null : plants.find(({ name }) => name === named)
if (plant === undefined) throw new Error(`PLANT: there is no ${named}`)

const quickDexie = new URL('quick-dexie.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'dexie' && process.env.DATABASE !== 'dexie') return { url: quickDexie, shortCircuit: true }
    const resolved = next(specifier, context)
    const isLater = context.parentURL?.endsWith('?later') && isOurs(resolved.url) && !resolved.url.includes('?')
    return isLater ? { ...resolved, url: `${resolved.url}?later` } : resolved
  },
  load(url, context, next) {
    const [address, version] = url.split('?') as [string, string | undefined]
    if (!isOurs(url)) return next(url, context)
    const alterations = [quickSeal, ...small, ...(plant ? [plant] : []), ...(version === 'later' ? later : [])]
    const mine = alterations.filter(({ file }) => address === root + file)
    if (mine.length === 0) return next(url, context)
    const source = mine.reduce(altered, readFileSync(fileURLToPath(address), 'utf8'))
    return { format: 'module-typescript', source, shortCircuit: true }
  },
})
