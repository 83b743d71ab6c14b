import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { SearchList } from '../search-list.tsx'
import { w } from '../words.ts'
import { StaffRow } from './staff-row.tsx'

/** Everybody who works here, also those who no longer do. */
export const StaffList = () => {
  const { names } = useApp()
  useTitle(w('hub.staff'))
  const all = names.staff.value
  return (
    <main class="page stack" id="content">
      <TopBar
        title={w('hub.staff')}
        back="/admin"
        right={
          <Button size="small" icon="user-plus" href="/admin/staff/new">
            {w('staff.new')}
          </Button>
        }
      />
      <SearchList
        id="staff-search"
        label={w('hub.staff')}
        items={all}
        textOf={({ values }) => `${values.name ?? ''} ${values.position ?? ''}`}
      >
        {(one) => <StaffRow key={one.id} person={one} />}
      </SearchList>
    </main>
  )
}
