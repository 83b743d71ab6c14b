import { useSignal } from '@preact/signals'
import { tablet } from '#domain/records/tablet.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Table } from '#src/ui/table.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { ServerNews } from '../server-news.tsx'
import { w } from '../words.ts'
import { actText, type Deed, subjectText } from './deed-text.ts'

/** Who did what to accounts, devices, sealed complaints and exports: chained, so that no line can be taken out unseen. */
export const AccessLog = () => {
  const { names } = useApp()
  const tablets = useRecords(tablet).value ?? []
  useTitle(w('hub.log'))
  const older = useSignal<readonly Deed[]>([])
  const before = older.value.at(-1)?.seq
  const asked = useServer<{ lines: readonly Deed[]; more: boolean }>(
    `/api/access-log${before === undefined ? '' : `?before=${before}`}`,
  )
  const page = (asked.answer?.lines ?? []).filter(({ seq }) => before === undefined || seq < before)
  const lines = [...older.value, ...page]
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.log')} back="/admin" />
      <p class="muted">{w('log.lead')}</p>
      <ServerNews asked={asked} />
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {asked.answer && lines.length === 0 && <EmptyState title={w('log.none')} text={w('log.noneText')} />}
      {lines.length > 0 && (
        <Table
          caption={w('hub.log')}
          hideCaption
          columns={[
            { key: 'at', label: w('log.at'), cell: ({ at }) => momentText(at) },
            {
              key: 'who',
              label: w('log.who'),
              cell: ({ staff }) => (staff ? names.staffName(staff) : w('log.nobody')),
            },
            { key: 'act', label: w('log.act'), cell: ({ act }) => actText(act) },
            { key: 'subject', label: w('log.subject'), cell: (line) => subjectText(line, names, tablets) },
          ]}
          rows={lines}
          rowKey={({ seq }) => String(seq)}
        />
      )}
      {asked.answer?.more && page.length > 0 && (
        <div>
          <Button variant="line" pending={asked.asking} onClick={() => (older.value = lines)}>
            {w('log.older')}
          </Button>
        </div>
      )}
    </main>
  )
}
