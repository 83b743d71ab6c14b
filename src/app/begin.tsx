import { activity } from '#domain/records/activity.ts'
import { complaint } from '#domain/records/complaint.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { useMayBegin } from '#src/capture/may-begin.ts'
import { ActionTile, ActionTiles } from '#src/ui/action-tile.tsx'
import { MarkSmall } from '#src/ui/mark-small.tsx'
import { w } from './words.ts'

/** What this person may begin; nothing to somebody who may not. */
export const Begin = () => {
  const ways = [
    useMayBegin(trainingSession) && (
      <ActionTile
        key="session"
        href="/training/new"
        icon="users"
        title={w('home.openSession')}
        second={w('home.openSessionHint')}
      />
    ),
    useMayBegin(activity) && (
      <ActionTile
        key="activity"
        href="/bwr/new"
        art={<MarkSmall width={54} />}
        title={w('home.logActivity')}
        second={w('home.logActivityHint')}
      />
    ),
    useMayBegin(complaint) && (
      <ActionTile
        key="complaint"
        href="/complaint"
        icon="mail"
        title={w('home.takeComplaint')}
        second={w('home.takeComplaintHint')}
      />
    ),
  ].filter((one) => one !== false)
  if (ways.length === 0) return null
  return (
    <div class="bleed">
      <ActionTiles>{ways}</ActionTiles>
    </div>
  )
}
