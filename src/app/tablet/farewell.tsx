import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'

/** What is left of a tablet that was revoked: that it handed over its work, and that nothing of it lies here any more. */
export const Farewell = () => {
  const { farewell } = useApp().store.people.identity.value
  if (!farewell) return null
  const { handedOver, time } = farewell
  return (
    <Notice icon="lock" title={w('farewell.title')}>
      <p>{w('farewell.text', { time: momentText(time) })}</p>
      <p>{w('farewell.handedOver', { n: handedOver })}</p>
    </Notice>
  )
}
