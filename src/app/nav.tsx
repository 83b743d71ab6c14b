import { useComputed } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useApp } from '#src/session/context.ts'
import { useRole } from '#src/session/hooks.ts'
import { MarkSmall } from '#src/ui/mark-small.tsx'
import { type PlaceItem, Rail, TabBar } from '#src/ui/places-nav.tsx'
import { w } from './words.ts'

/** The places that the person's role has: a bar at the foot, a rail on wide screens (CSS shows one of them). */
export const Nav = () => {
  const { store } = useApp()
  const { path } = useLocation()
  const reviews = useRole('supervisor')
  const desk = useRole('desk')
  const administers = useRole('administrator')
  const captures = useRole('officer', 'trainer', 'supervisor', 'administrator')
  const asked = useComputed(() => store.counts.value.questions).value
  const held = useComputed(() => store.counts.value.held).value
  const conflicts = useComputed(() => store.counts.value.conflicts).value

  const item = (href: string, label: string, more: Omit<PlaceItem, 'href' | 'label'>): PlaceItem => ({
    href,
    label,
    current: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
    ...more,
  })
  const items = [
    item('/', w('today'), { icon: 'sun', badge: asked }),
    captures && item('/training', w('training'), { icon: 'users' }),
    captures && item('/bwr', w('bwr'), { art: <MarkSmall /> }),
    desk
      ? item('/desk', w('complaint'), { icon: 'mail' })
      : captures && item('/complaint', w('complaint'), { icon: 'mail' }),
    reviews && item('/review', w('review'), { icon: 'inbox', badge: conflicts }),
    administers && item('/admin', w('admin'), { icon: 'settings' }),
    item('/tablet', w('tablet'), { icon: 'tablet', badge: held }),
  ].filter((one) => one !== false)
  return (
    <>
      <TabBar items={items} />
      <Rail items={items.slice(0, -1)} foot={items.slice(-1)} />
    </>
  )
}
