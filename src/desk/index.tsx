import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { isId } from '#domain/kernel/id.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { ComplaintScreen } from './complaint-screen.tsx'
import { askDesk, deskNews, standingAtDesk, useDeskList } from './desk-state.ts'
import { useOpenedFollows } from './follow-opened.ts'
import { Inbox } from './inbox.tsx'
import { Keys } from './keys/keys.tsx'
import { lock, unlocked } from './unlocked.ts'
import { w } from './words.ts'
import './desk.css'

/** What colleagues do with keys writes no record, and so gives no hint. Milliseconds. */
const followEvery = 10_000

/** The complaint desk: inbox, one complaint, keys. */
export default function Desk() {
  const { api, session } = useApp()
  const { path } = useLocation()
  const person = session.person.value?.id
  useEffect(() => {
    document.title = t('appName')
  })
  useEffect(() => {
    // somebody else works here now: what the one before had unlocked is not theirs
    if (unlocked.peek() && unlocked.peek()?.staff !== person) lock()
    deskNews.value = null
    void askDesk(api)
    const again = () => document.visibilityState === 'visible' && void askDesk(api)
    const timer = setInterval(again, followEvery)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [person])
  useOpenedFollows()

  const list = useDeskList()
  const news = deskNews.value
  const behind = news?.ok === true && news.value.number > (list?.number ?? 0)
  useEffect(() => {
    if (behind) void session.refresh()
  }, [behind])
  const mayOpen = news?.ok !== true || standingAtDesk(news.value, list) === 'member'
  useEffect(() => {
    // whoever was taken off the list holds a key that opens what they could open before
    if (!mayOpen && !behind) lock()
  }, [mayOpen, behind])
  if (news && !news.ok)
    return (
      <main class="page" id="content">
        <EmptyState
          title={w('title')}
          text={news.failure.code === 'unavailable' ? w('offline') : failureText(news.failure)}
        >
          <Button onClick={() => void askDesk(api)}>{t('tryAgain')}</Button>
        </EmptyState>
      </main>
    )
  if (!news) return <main class="page" id="content" />
  const rest = path.split('/')[2]
  if (rest === 'keys') return <Keys news={news.value} />
  // on paper there is nothing of what was told; the keys have a sheet of their own
  return (
    <div class="screen-only">
      {isId(rest) ? <ComplaintScreen key={rest} id={rest} news={news.value} /> : <Inbox news={news.value} />}
    </div>
  )
}
