import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { altered, type Planted } from './plants.ts'

const root = new URL('../../', import.meta.url).href

/** Whether a module is one of the shipped ones. */
export const isOurs = (url: string) =>
  /^(domain|src|sync-server)\//.test(url.slice(root.length)) && url.startsWith(root)

/** Alters the text of shipped modules while they are loaded; `version` is what stands behind the `?` of an address. */
export const loadAltered = (alterationsOf: (version: string | undefined) => readonly Omit<Planted, 'name'>[]): void => {
  registerHooks({
    load(url, context, next) {
      const [address, version] = url.split('?') as [string, string | undefined]
      if (!isOurs(url)) return next(url, context)
      const mine = alterationsOf(version).filter(({ file }) => address === root + file)
      if (mine.length === 0) return next(url, context)
      const source = mine.reduce(altered, readFileSync(fileURLToPath(address), 'utf8'))
      return { format: 'module-typescript', source, shortCircuit: true }
    },
  })
}

/** The alteration that PLANT names; null where it names none. */
export const namedIn = (plants: readonly Planted[]): Planted | null => {
  const named = process.env.PLANT
  const plant = named === undefined ? null : plants.find(({ name }) => name === named)
  if (plant === undefined) throw new Error(`PLANT: there is no ${named}`)
  return plant
}
