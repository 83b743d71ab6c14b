import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'

/** This tablet was copied, and is another device now: nothing was lost, and one sign-in registers it. */
export const Copied = () => {
  const { former, credential } = useApp().store.people.identity.value
  if (!former?.length || credential !== null) return null
  return (
    <Notice
      tone="need"
      icon="tablet"
      title={w('safety.copied')}
      action={
        <Button size="small" variant="need" href="/sign-in">
          {w('safety.copiedSignIn')}
        </Button>
      }
    >
      <p>{w('safety.copiedText')}</p>
    </Notice>
  )
}
