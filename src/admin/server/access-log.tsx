import { useSignal } from '@preact/signals'
import { isId } from '#domain/kernel/id.ts'
import { momentText } from '#src/i18n/index.ts'
import { kindName } from '#src/i18n/records.ts'
import th from '#src/i18n/th/admin.ts'
import { useApp } from '#src/session/context.ts'
import type { Names } from '#src/session/names.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Table } from '#src/ui/table.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { ServerNews } from '../server-news.tsx'
import { useServer } from '../use-server.ts'
import { w } from '../words.ts'

interface Line {
  readonly seq: number
  readonly at: number
  readonly staff: string | null
  readonly device: string | null
  readonly act: string
  readonly subject: string | null
}

/** Who did what to accounts, devices, sealed complaints and exports: chained, so that no line can be taken out unseen. */
export const AccessLog = () => {
  const { names } = useApp()
  useTitle(w('hub.log'))
  const older = useSignal<readonly Line[]>([])
  const before = older.value.at(-1)?.seq
  const asked = useServer<{ lines: readonly Line[]; more: boolean }>(
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
            { key: 'subject', label: w('log.subject'), cell: (line) => subjectText(line, names) },
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

const isAct = (act: string): act is keyof typeof th.log.acts => Object.hasOwn(th.log.acts, act)
const actText = (act: string): string => (isAct(act) ? w(`log.acts.${act}`) : act)

/** Whom or what it was done to: a member of staff by name, an export by its kind, a record or device by its number. */
const subjectText = ({ act, staff, subject }: Line, names: Names): string => {
  if (!subject || subject === staff) return ''
  if (act === 'exported') {
    const [kind = '', ...rest] = subject.split(' ')
    return [kindName(kind), ...rest.map((one) => (one === 'personal' ? w('log.personal') : one))].join(' ')
  }
  const known = isId(subject) && names.staff.value.some(({ id }) => id === subject)
  return known ? names.staffName(subject) : subject
}
