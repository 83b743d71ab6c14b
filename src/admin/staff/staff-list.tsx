import { isRole } from '#domain/roles.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ListRow } from '#src/ui/list.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { SearchList } from '../search-list.tsx'
import { w } from '../words.ts'
import { placesText } from './places-text.ts'

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
        {(one) => (
          <ListRow
            key={one.id}
            href={`/admin/staff/${one.id}`}
            plain={one.values.active === false}
            title={one.values.name}
            second={
              <>
                {one.values.position && <span>{one.values.position}</span>}
                <span>
                  {Object.keys(one.values.roles ?? {})
                    .filter(isRole)
                    .map((role) => w(`roles.${role}`))
                    .join(' · ') || w('staff.noRole')}
                </span>
                <span>{one.values.active === false ? w('staff.inactive') : placesText(one.values, names)}</span>
              </>
            }
          />
        )}
      </SearchList>
    </main>
  )
}
