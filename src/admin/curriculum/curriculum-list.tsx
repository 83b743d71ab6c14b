import { curriculum } from '#domain/records/curriculum.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { w } from '../words.ts'

/** What counts as completion, for everybody and for audiences that have their own. */
export const CurriculumList = () => {
  const { names } = useApp()
  useTitle(w('hub.curriculum'))
  const all = useRecords(curriculum).value
  return (
    <main class="page stack" id="content">
      <TopBar
        title={w('hub.curriculum')}
        back="/admin"
        right={
          <Button size="small" icon="plus" href="/admin/curriculum/new">
            {w('curriculum.new')}
          </Button>
        }
      />
      <p class="muted">{w('curriculum.lead')}</p>
      {all?.length === 0 && <EmptyState title={w('curriculum.none')} text={w('curriculum.noneText')} />}
      <List label={w('hub.curriculum')}>
        {(all ?? []).map(({ id, values }) => (
          <ListRow
            key={id}
            href={`/admin/curriculum/${id}/edit`}
            title={values.name}
            second={
              <>
                <span>{values.audience ? names.label('gradeBand', values.audience) : w('curriculum.everybody')}</span>
                <span>{w('curriculum.threshold', { n: values.thresholdMinutes ?? 0 })}</span>
              </>
            }
            meta={w('curriculum.modules', { n: Object.keys(values.modules ?? {}).length })}
          />
        ))}
      </List>
      {all === null && <p class="muted">{t('loadingWords')}</p>}
    </main>
  )
}
