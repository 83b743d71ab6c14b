import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { t } from '#src/i18n/index.ts'
import { current, putAside } from './current.ts'
import { IntakeScreen } from './intake-screen.tsx'
import { Landing } from './landing.tsx'
import { SlipScreen } from './slip.tsx'

/** Taking complaints. All questions share one address, so that neither the history nor a title tells how far somebody came. */
export default function Complaint() {
  const { path, route } = useLocation()
  const intake = current.value
  const taking = path.startsWith('/complaint/new')
  useEffect(() => {
    document.title = t('appName')
  })
  useEffect(() => {
    // after a crash or a reload there is no sitting to go on with: the way in shows the interrupted one
    if (taking && !intake) route('/complaint', true)
  }, [taking, intake])
  useEffect(
    () => () => {
      if (!location.pathname.startsWith('/complaint/new')) void putAside()
    },
    [],
  )
  if (!taking || !intake) return <Landing />
  return intake.slip.value ? <SlipScreen slip={intake.slip.value} /> : <IntakeScreen intake={intake} />
}
