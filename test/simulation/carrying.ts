import { bundleText } from '#domain/bundle.ts'
import type { Page, Tablet } from './tablet.ts'
import { noteSent } from './witness.ts'
import { tell, type World } from './world.ts'

/** What a tablet gives to whoever goes to where there is a network: all that is unsent there, as bundles that are not sealed yet. */
export const bundlesFrom = async (world: World, tablet: Tablet): Promise<readonly string[]> => {
  const page = tablet.pages[0]
  if (!page?.store || tablet.revoked) return []
  // a page that dies takes with it what it was about to give
  const given = await unsentOn(page).catch((cause) => {
    if (page.alive) throw cause
    return []
  })
  for (const bundle of given) noteSent(world.witness, tablet.device, bundle)
  tell(world, () => `tablet ${tablet.number} gives to be carried: ${given.join(' ')}`)
  return given
}

const unsentOn = async ({ store, program }: Page): Promise<readonly string[]> => {
  const { people, exchange } = store!
  const { head } = await exchange.standpoint(null)
  return program.bundlesOf(people.identity.peek(), await exchange.unsent(), head).bundles.map(bundleText)
}
