import { useApp } from '#src/session/context.ts'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'

/** Something else was offered in the place of what this tablet has pinned, and it has kept to its own (A10). */
export const NotTaken = () => {
  const { people } = useApp().store
  const offered = people.untaken.value
  if (!offered) return null
  const names = { here: people.identity.value.province?.name ?? '', there: offered.name }
  return (
    <Notice tone="need" icon="lock" title={w(`untaken.${offered.why}.title`)} alert>
      <p>{w(`untaken.${offered.why}.text`, names)}</p>
    </Notice>
  )
}
