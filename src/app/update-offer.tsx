import { anyDirty } from '#src/capture/dirty.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { waitingVersion } from './update-state.ts'
import { w } from './words.ts'

/** Offers the new version; never while a form holds something that is not saved. */
export const UpdateOffer = () => {
  const { store, takeUpdate } = useApp()
  if (!waitingVersion.value && !store.outdated.value) return null
  return (
    <aside class="page" aria-label={w('update.ready')}>
      <Notice
        icon="refresh"
        title={w('update.ready')}
        action={
          !anyDirty.value && (
            <Button size="small" variant="line" onClick={takeUpdate}>
              {w('update.use')}
            </Button>
          )
        }
      >
        {anyDirty.value && w('update.busy')}
      </Notice>
    </aside>
  )
}
