import type { RecordId } from '#domain/kernel/id.ts'
import type { codeList } from '#domain/records/code-list.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { locale } from '#src/i18n/locale.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { ListRow } from '#src/ui/list.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { SearchList } from '../search-list.tsx'
import { w } from '../words.ts'
import { listName } from './list-names.ts'

/** One list in its order; what is retired stands at the end, for old records still show it. */
export const ListItems = ({ id }: { id: string }) => {
  useTitle(w('hub.lists'))
  const record = useRecord<typeof codeList>(id as RecordId).value
  if (record === undefined) return null
  if (record === null || record.kind !== 'code-list') return <RecordMissing back="/admin/lists" />
  const items = Object.entries(record.values.items ?? {}).sort(
    ([, a], [, b]) => Number(a.retired ?? false) - Number(b.retired ?? false) || (a.order ?? 0) - (b.order ?? 0),
  )
  const main = locale()
  const other = main === 'th' ? 'en' : 'th'
  return (
    <main class="page stack" id="content">
      <TopBar
        title={listName(record.values)}
        back="/admin/lists"
        right={
          <Button size="small" icon="plus" href={`/admin/lists/${id}/new`}>
            {w('lists.new')}
          </Button>
        }
      />
      <SearchList
        id="item-search"
        label={listName(record.values)}
        items={items}
        textOf={([code, { th, en }]) => `${code} ${th ?? ''} ${en ?? ''}`}
      >
        {([code, item]) => (
          <ListRow
            key={code}
            href={`/admin/lists/${id}/${encodeURIComponent(code)}/edit`}
            plain={item.retired === true}
            title={item[main] ?? item[other] ?? code}
            second={
              <>
                {item[main] && item[other] && <span>{item[other]}</span>}
                {item.number && <b>{item.number}</b>}
                {item.urgent && <span class="admin-urgent">{w('lists.urgent')}</span>}
                {item.retired && <span>{w('lists.retired')}</span>}
                {item.confirmed === false && !item.retired && <span>{w('lists.notConfirmed')}</span>}
              </>
            }
            meta={code}
          />
        )}
      </SearchList>
    </main>
  )
}
