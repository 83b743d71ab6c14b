import { registerHooks } from 'node:module'
import { holes } from './holes.ts'
import { later, quickSeal, small } from './later.ts'
import { isOurs, loadAltered, namedIn } from './load-altered.ts'
import { plants } from './plants.ts'

// Alters the text of modules while they are loaded: the bug named by PLANT, and what a later version of the program knows. The shipped
// files hold no switch for either. Import it first of all.

const plant = namedIn([...plants, ...holes])
const quickDexie = new URL('quick-dexie.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'dexie' && process.env.DATABASE !== 'dexie') return { url: quickDexie, shortCircuit: true }
    const resolved = next(specifier, context)
    const isLater = context.parentURL?.endsWith('?later') && isOurs(resolved.url) && !resolved.url.includes('?')
    return isLater ? { ...resolved, url: `${resolved.url}?later` } : resolved
  },
})
loadAltered((version) => [...quickSeal, ...small, ...(plant ? [plant] : []), ...(version === 'later' ? later : [])])
