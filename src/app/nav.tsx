import { useComputed } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useApp } from '#src/session/context.ts'
import { MarkSmall } from '#src/ui/mark-small.tsx'
import { type PlaceItem, Rail, TabBar } from '#src/ui/places-nav.tsx'
import { waitsForDesk } from './desk-waits.ts'
import { placesFor } from './places.ts'
import { w } from './words.ts'

/** The places that the person's roles have: a bar at the foot, a rail on wide screens (CSS shows one of them). */
export const Nav = () => {
  const { store, session } = useApp()
  const { path } = useLocation()
  const counts = {
    desk: waitsForDesk.value?.all,
    questions: useComputed(() => store.counts.value.questions).value,
    held: useComputed(() => store.counts.value.held).value,
    conflicts: useComputed(() => store.counts.value.conflicts).value,
  }
  const items = placesFor(session.person.value?.standing).map(
    ({ path: href, word, icon, counts: what }): PlaceItem => ({
      href,
      label: w(word!),
      current: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
      ...(icon ? { icon } : { art: <MarkSmall /> }),
      badge: what && counts[what],
    }),
  )
  return (
    <>
      <TabBar items={items} />
      <Rail items={items.slice(0, -1)} foot={items.slice(-1)} />
    </>
  )
}
