import { useEffect } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { current, putAside } from './current.ts'
import { IntakeScreen } from './intake-screen.tsx'
import { Landing } from './landing.tsx'
import { SlipScreen } from './slip.tsx'

/** Taking complaints. The way in, all questions and the slip share one address, so that neither the history nor a title tells of them. */
export default function Complaint() {
  const intake = current.value
  useEffect(() => {
    document.title = t('appName')
  })
  useEffect(
    () => () => {
      // behind the lock it waits for the same person; whoever goes elsewhere leaves it sealed
      if (location.pathname !== '/complaint') void putAside()
    },
    [],
  )
  if (!intake) return <Landing />
  return intake.slip.value ? <SlipScreen slip={intake.slip.value} /> : <IntakeScreen intake={intake} />
}
