import { Route, Router } from 'preact-iso'
import { AccessReview } from './access-review/access-review.tsx'
import { CurriculumEdit, CurriculumNew } from './curriculum/curriculum-form.tsx'
import { CurriculumList } from './curriculum/curriculum-list.tsx'
import { Hub } from './hub.tsx'
import { ItemEdit, ItemNew } from './lists/item-form.tsx'
import { ListItems } from './lists/list-items.tsx'
import { ListOfLists } from './lists/list-of-lists.tsx'
import { PlaceEdit, PlaceNew } from './places/place-form.tsx'
import { PlaceLines } from './places/place-lines.tsx'
import { PlaceList } from './places/place-list.tsx'
import { AccessLog } from './server/access-log.tsx'
import { HeldEverywhere } from './server/held.tsx'
import { StaffDetail } from './staff/staff-detail.tsx'
import { StaffEdit, StaffNew } from './staff/staff-form.tsx'
import { StaffList } from './staff/staff-list.tsx'
import { Devices } from './tablets/devices.tsx'
import { TabletDetail } from './tablets/tablet-detail.tsx'
import { TabletEdit, TabletNew } from './tablets/tablet-form.tsx'
import './admin.css'

/** The minimum of administration. What is a record works without a network; accounts, devices and logs are the server's. */
export default function Admin() {
  return (
    <Router>
      <Route path="/" component={Hub} />
      <Route path="/staff" component={StaffList} />
      <Route path="/staff/new" component={StaffNew} />
      <Route path="/staff/:id" component={StaffDetail} />
      <Route path="/staff/:id/edit" component={StaffEdit} />
      <Route path="/places" component={PlaceList} />
      <Route path="/places/new" component={PlaceNew} />
      <Route path="/places/lines/new" component={PlaceLines} />
      <Route path="/places/:id/edit" component={PlaceEdit} />
      <Route path="/lists" component={ListOfLists} />
      <Route path="/lists/:id" component={ListItems} />
      <Route path="/lists/:id/new" component={ItemNew} />
      <Route path="/lists/:id/:code/edit" component={ItemEdit} />
      <Route path="/curriculum" component={CurriculumList} />
      <Route path="/curriculum/new" component={CurriculumNew} />
      <Route path="/curriculum/:id/edit" component={CurriculumEdit} />
      <Route path="/devices" component={Devices} />
      <Route path="/devices/new" component={TabletNew} />
      <Route path="/devices/:id" component={TabletDetail} />
      <Route path="/devices/:id/edit" component={TabletEdit} />
      <Route path="/held" component={HeldEverywhere} />
      <Route path="/access-review" component={AccessReview} />
      <Route path="/log" component={AccessLog} />
      <Route default component={Hub} />
    </Router>
  )
}
