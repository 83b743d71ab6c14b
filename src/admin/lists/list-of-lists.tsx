import { compareThai } from '#domain/kernel/thai-text.ts'
import { codeList } from '#domain/records/code-list.ts'
import { useRecords } from '#src/session/hooks.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { w } from '../words.ts'
import { listName } from './list-names.ts'

/** The lists that people choose from, all of them editable. */
export const ListOfLists = () => {
  useTitle(w('hub.lists'))
  const lists = useRecords(codeList).value ?? []
  const sorted = [...lists].sort((a, b) => compareThai(listName(a.values), listName(b.values)))
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.lists')} back="/admin" />
      <p class="muted">{w('lists.lead')}</p>
      <List label={w('hub.lists')}>
        {sorted.map((one) => {
          const items = Object.values(one.values.items ?? {})
          const unsure = items.filter(({ confirmed, retired }) => confirmed === false && !retired).length
          return (
            <ListRow
              key={one.id}
              href={`/admin/lists/${one.id}`}
              title={listName(one.values)}
              second={
                <>
                  <span>{w('lists.count', { n: items.length })}</span>
                  {unsure > 0 && <span>{w('lists.unconfirmed', { n: unsure })}</span>}
                </>
              }
            />
          )
        })}
      </List>
    </main>
  )
}
