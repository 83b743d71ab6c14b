import { whereabouts } from '#src/capture/places.ts'
import { optionLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { ListRow } from '#src/ui/list.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { SearchList } from '../search-list.tsx'
import { w } from '../words.ts'
import { PlaceSeat } from './place-seat.tsx'

/** Every place of the province: thousands, found by name, district, kind or register code. */
export const PlaceList = () => {
  const { names } = useApp()
  useTitle(w('hub.places'))
  const places = names.places.value
  const typeOf = (type: string | undefined) => (type ? optionLabel('place', 'type', type) : '')
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.places')} back="/admin" />
      {places.length > 0 && (
        <div class="cluster">
          <Button size="small" icon="plus" href="/admin/places/new">
            {w('places.new')}
          </Button>
          <Button variant="line" size="small" href="/admin/places/lines/new">
            {w('places.several')}
          </Button>
        </div>
      )}
      {places.length === 0 && (
        <EmptyState title={w('first.places')} text={w('first.placesText')}>
          <Button size="big" href="/admin/places/lines/new">
            {w('places.several')}
          </Button>
          <Button variant="quiet" href="/admin/places/new">
            {w('places.new')}
          </Button>
        </EmptyState>
      )}
      <SearchList
        id="place-search"
        label={w('hub.places')}
        items={places}
        textOf={(one) =>
          [one.values.name, one.values.code, typeOf(one.values.type), whereabouts(names, one)].filter(Boolean).join(' ')
        }
      >
        {(one) => (
          <ListRow
            key={one.id}
            href={`/admin/places/${one.id}/edit`}
            seat={<PlaceSeat type={one.values.type} />}
            title={one.values.name}
            second={
              <>
                <span>{typeOf(one.values.type)}</span>
                <span>{whereabouts(names, one)}</span>
                {one.values.code && <span>{one.values.code}</span>}
              </>
            }
          />
        )}
      </SearchList>
    </main>
  )
}
