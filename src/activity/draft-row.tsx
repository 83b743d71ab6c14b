import { useEffect, useState } from 'preact/hooks'
import { activity } from '#domain/records/activity.ts'
import { findDraft } from '#src/capture/draft.ts'
import { useDraftName } from '#src/capture/opened.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from './words.ts'

/** A new activity that was begun and not saved, so that nobody types it twice. */
export function DraftRow() {
  const { store } = useApp()
  const draft = useDraftName(activity.kind)
  const [begun, setBegun] = useState(false)
  useEffect(() => {
    void findDraft(store, activity, draft).then((found) => setBegun(found !== null))
  }, [draft])
  if (!begun) return null
  return (
    <Notice
      icon="pencil"
      action={
        <Button variant="line" size="small" href="/bwr/new">
          {w('draftGoOn')}
        </Button>
      }
    >
      {w('draft')}
    </Notice>
  )
}
