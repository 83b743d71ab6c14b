import { codeList } from '#domain/records/code-list.ts'
import { curriculum } from '#domain/records/curriculum.ts'
import { n } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { DoubtNotice } from './access-review/doubt-notice.tsx'
import { RightsNews } from './server/rights-news.tsx'
import { w } from './words.ts'

/** Everything that an administrator keeps, and what to do first in an empty province. */
export const Hub = () => {
  const { names } = useApp()
  useTitle(w('title'))
  const lists = useRecords(codeList).value
  const courses = useRecords(curriculum).value
  const [places, staff] = [names.places.value, names.staff.value]
  // whoever reads this is staff: without anybody, nothing has come down to this tablet yet and no count says anything
  const isHere = staff.length > 0
  const row = (
    path: string,
    icon: IconName,
    key: 'staff' | 'places' | 'lists' | 'curriculum' | 'devices' | 'held' | 'log',
    count?: number,
  ) => (
    <ListRow
      href={`/admin/${path}`}
      seat={
        <span class="admin-seat">
          <Icon name={icon} />
        </span>
      }
      title={w(`hub.${key}`)}
      second={w(`hub.${key}Hint`)}
      meta={count === undefined || !isHere ? undefined : n(count)}
    />
  )
  return (
    <main class="page stack" id="content">
      <div class="page-head">
        <h1>{w('title')}</h1>
      </div>
      <DoubtNotice />
      <RightsNews />
      {lists && isHere && places.length === 0 && (
        <Notice title={w('first.places')} icon="map-pin">
          <p>{w('first.placesText')}</p>
          <div class="cluster admin-first">
            <Button size="small" href="/admin/places/lines/new">
              {w('places.several')}
            </Button>
            <Button size="small" variant="line" href="/admin/places/new">
              {w('places.new')}
            </Button>
          </div>
        </Notice>
      )}
      {lists && places.length > 0 && staff.length === 1 && (
        <Notice title={w('first.staff')} icon="user-plus">
          <p>{w('first.staffText')}</p>
          <div class="cluster admin-first">
            <Button size="small" href="/admin/staff/new">
              {w('staff.new')}
            </Button>
          </div>
        </Notice>
      )}
      <section>
        <h2>{w('hub.here')}</h2>
        <List label={w('hub.here')}>
          {row('staff', 'users', 'staff', staff.length)}
          {row('places', 'map-pin', 'places', places.length)}
          {row('lists', 'list-checks', 'lists', lists?.length)}
          {row('curriculum', 'book', 'curriculum', courses?.length)}
        </List>
      </section>
      <section>
        <h2>{w('hub.server')}</h2>
        <List label={w('hub.server')}>
          {row('devices', 'tablet', 'devices')}
          {row('held', 'alert-circle', 'held')}
          {row('log', 'history', 'log')}
        </List>
      </section>
    </main>
  )
}
