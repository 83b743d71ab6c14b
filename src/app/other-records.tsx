import { plainKinds, plainPath } from '#src/capture/plain/kinds.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Icon } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { mayOpen } from './places.ts'
import { w } from './words.ts'

/** Kinds whose screens are drawn from their declaration: their way in. */
export const OtherRecords = () => {
  const standing = useApp().session.person.value?.standing
  return (
    <section>
      <h2>{w('home.otherRecords')}</h2>
      <List>
        {plainKinds
          .filter(({ kind }) => mayOpen(plainPath(kind), standing))
          .map(({ kind }) => (
            <ListRow key={kind} href={plainPath(kind)} plain seat={<Icon name="file-text" />} title={kindName(kind)} />
          ))}
      </List>
    </section>
  )
}
