import { Route, Router, useRoute } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { w } from '../words.ts'
import { PlainDetail } from './detail.tsx'
import { EditPlain, NewPlain } from './edit.tsx'
import { plainKinds } from './kinds.ts'
import { PlainList } from './list.tsx'

/** List, form and page of every kind that has no screens of its own. */
export default function PlainKinds() {
  return (
    <Router>
      <Route path="/:kind" component={List} />
      <Route path="/:kind/new" component={New} />
      <Route path="/:kind/:id" component={Detail} />
      <Route path="/:kind/:id/edit" component={Edit} />
      <Route default component={NoKind} />
    </Router>
  )
}

/** The kind named in the path, or nothing when it has other screens or is not known here. */
const usePlain = (): { kind: AnyRecordKind | undefined; id: RecordId } => {
  const { params } = useRoute()
  return { kind: plainKinds.find(({ kind }) => kind === params.kind), id: (params.id ?? '') as RecordId }
}

const List = () => {
  const { kind } = usePlain()
  return kind ? <PlainList key={kind.kind} kind={kind} /> : <NoKind />
}

const New = () => {
  const { kind } = usePlain()
  return kind ? <NewPlain key={kind.kind} kind={kind} /> : <NoKind />
}

const Detail = () => {
  const { kind, id } = usePlain()
  return kind ? <PlainDetail key={id} kind={kind} id={id} /> : <NoKind />
}

const Edit = () => {
  const { kind, id } = usePlain()
  return kind ? <EditPlain key={id} kind={kind} id={id} /> : <NoKind />
}

const NoKind = () => (
  <main class="page" id="content">
    <EmptyState title={w('kinds.noKind')} text={w('kinds.noKindText')}>
      <Button href="/">{t('back')}</Button>
    </EmptyState>
  </main>
)
