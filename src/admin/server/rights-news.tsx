import { tablet } from '#domain/records/tablet.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../words.ts'
import { actText, type Deed, subjectText } from './deed-text.ts'

/** What others have done to people, tablets and keys since the last visit: a right that nobody knows of is what an attacker wants. */
export const RightsNews = () => {
  const { api, names } = useApp()
  const asked = useServer<{ lines: readonly Deed[]; more: boolean }>('/api/rights-news')
  const tablets = useRecords(tablet).value ?? []
  const { lines = [], more = false } = asked.answer ?? {}
  const [newest] = lines
  if (!newest) return null
  const seen = async () => {
    await api.post('/api/rights-news', { upTo: newest.seq })
    asked.askAgain()
  }
  return (
    <Notice icon="key" title={w('rightsNews.title')}>
      <ul class="rights-news">
        {lines.map((line) => (
          <li key={line.seq}>
            <span class="muted">{momentText(line.at)}</span>{' '}
            {line.staff ? names.staffName(line.staff) : w('log.nobody')} {actText(line.act)}{' '}
            <b>{subjectText(line, names, tablets)}</b>
          </li>
        ))}
      </ul>
      {more && <p class="muted">{w('rightsNews.more')}</p>}
      <div class="cluster admin-first">
        <Button size="small" icon="check" onClick={() => void seen()}>
          {w('rightsNews.seen')}
        </Button>
        <Button size="small" variant="line" href="/admin/log">
          {w('hub.log')}
        </Button>
      </div>
    </Notice>
  )
}
