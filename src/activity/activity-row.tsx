import type { Day } from '#domain/kernel/day.ts'
import { SafetyOf } from '#src/capture/safety-of.tsx'
import { dayText, t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Icon } from '#src/ui/icon.tsx'
import { ListRow } from '#src/ui/list.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { type Activity, peopleOf } from './log.ts'
import { w } from './words.ts'

/** One activity of the log: what, where, when, how many; how safe only while it is not yet. */
export function ActivityRow({ one }: { one: Activity }) {
  const { names } = useApp()
  const { node, type, place, heldOn } = one.values
  const people = peopleOf(one)
  return (
    <ListRow
      href={`/bwr/${one.id}`}
      seat={node && <NodeSeat node={node} size={44} label={w(`nodes.${node}`)} />}
      title={type ? names.label('activityType', type) : w('noType')}
      second={
        <>
          {place && <span>{names.placeName(place)}</span>}
          {heldOn && <span class="nb">{dayText(heldOn as Day, 'short')}</span>}
          {one.safety !== 'safe' && <SafetyOf record={one} />}
          {Object.keys(one.conflicts).length > 0 && (
            <span class="activity-conflict">
              <Icon name="git-branch" size={20} />
              {w('conflict')}
            </span>
          )}
        </>
      }
      meta={people > 0 ? t('people', { n: people }) : undefined}
    />
  )
}
