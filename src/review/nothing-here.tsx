import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { clearFilter } from './filter-sheet.tsx'
import { isFiltered } from './inbox.ts'
import { filter, type Inbox, tab } from './use-inbox.ts'
import { w } from './words.ts'

/** Why the list is empty, and what to do. */
export const NothingHere = ({ inbox }: { inbox: Inbox }) => {
  const { names } = useApp()
  // nothing has come down to this tablet yet: that there are no records would be a guess
  if (names.staff.value.length === 0) return null
  if (inbox.page.value?.unsorted !== 0) return null
  if (inbox.count('all') === 0 && !isFiltered(filter.value))
    return <EmptyState title={w('nothing.title')} text={w('nothing.text')} />
  if (isFiltered(filter.value))
    return (
      <EmptyState art={false} title={w('nothing.filtered')} text={w('nothing.filteredText')}>
        <Button variant="line" onClick={clearFilter}>
          {w('filter.clear')}
        </Button>
      </EmptyState>
    )
  return <EmptyState art={tab.value === 'waiting'} title={w(`nothing.${tab.value}`)} text={w('nothing.else')} />
}
