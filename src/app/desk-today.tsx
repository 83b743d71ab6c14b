import { w } from '#src/desk/words.ts'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { waitsForDesk } from './desk-waits.ts'

const kinds = [
  { of: 'untouched', icon: 'mail-seal', href: '/desk' },
  { of: 'conflicting', icon: 'git-branch', href: '/desk' },
  { of: 'late', icon: 'clock', href: '/desk?show=late' },
] as const satisfies readonly { of: string; icon: IconName; href: string }[]

/** What waits for the desk, in numbers alone. */
export const DeskToday = () => {
  const waits = waitsForDesk.value
  if (!waits || waits.all === 0) return null
  return (
    <section>
      <h2>{w('title')}</h2>
      <List>
        {kinds
          .filter(({ of }) => waits[of] > 0)
          .map(({ of, icon, href }) => (
            <ListRow
              key={of}
              href={href}
              plain
              seat={<Icon name={icon} />}
              title={w(`waits.${of}`, { n: waits[of] })}
            />
          ))}
      </List>
    </section>
  )
}
