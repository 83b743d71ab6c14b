import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { readEnrolment } from '#domain/authority/enrolment.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Village } from '#src/ui/village.tsx'
import { w } from '../account-words.ts'

/** What an administrator's link or QR code opens. The code leaves the address at once: no history and no screenshot is to keep it. */
export const Enrol = () => {
  const { store } = useApp()
  const { route } = useLocation()
  const [told] = useState(() => readEnrolment(location.hash.slice(1)))
  useEffect(() => history.replaceState(null, '', location.pathname), [])
  const { province, people, credential } = store.people.identity.value
  const isTablet = credential !== null
  const goOn = async () => {
    if (told) await store.people.enrol(told)
    route(people.length > 0 ? '/switch' : '/', true)
  }
  if (!told) {
    return (
      <main class="page stack narrow" id="content">
        <Village />
        <h1>{w('enrol.title')}</h1>
        <Notice tone="need" title={w('enrol.broken.title')} alert>
          <p>{w('enrol.broken.text')}</p>
        </Notice>
        <Button size="big" full onClick={() => route('/', true)}>
          {w('notFound.home')}
        </Button>
      </main>
    )
  }
  return (
    <main class="page stack narrow" id="content">
      <Village />
      <h1>{w('enrol.title')}</h1>
      <p>{isTablet ? w('enrol.again', { name: province?.name ?? '' }) : w('enrol.lead')}</p>
      <Button size="big" full icon="tablet" onClick={() => void goOn()}>
        {w('enrol.goOn')}
      </Button>
      {isTablet && (
        <Button variant="quiet" onClick={() => route('/', true)}>
          {w('enrol.leave')}
        </Button>
      )}
    </main>
  )
}
