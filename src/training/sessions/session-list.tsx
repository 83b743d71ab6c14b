import type { Day } from '#domain/kernel/day.ts'
import { nodeOfPlace } from '#domain/records/place.ts'
import { clockText, dayText, n } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { hoursText, sessionTitle } from '../parts/session-text.ts'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'

/** `timed` leads with the time of day, as on the day itself; else with the day. */
export const SessionList = (props: {
  title: string
  sessions: readonly SessionView[]
  count?: number | undefined
  timed?: boolean | undefined
}) => {
  if (props.sessions.length === 0) return null
  return (
    <section>
      <h2>
        {props.title} {props.count !== undefined && <span class="faint small">{n(props.count)}</span>}
      </h2>
      <List label={props.title}>
        {props.sessions.map((one) => (
          <Row key={one.id} session={one} timed={props.timed} />
        ))}
      </List>
    </section>
  )
}

const Row = ({ session, timed }: { session: SessionView; timed: boolean | undefined }) => {
  const { names } = useApp()
  const { values } = session
  const place = names.place(values.place)
  const second = [sessionTitle(names, values), !timed && hoursText(values), values.state === 'closed' && w('closed')]
  return (
    <ListRow
      href={`/training/${session.id}`}
      lead={leadOf(values, timed)}
      seat={<NodeSeat node={nodeOfPlace(place?.values.type) ?? 'joint'} size={44} />}
      title={names.placeName(values.place)}
      second={second.filter(Boolean).join(' · ')}
      meta={session.safety === 'aside' ? <SafetyBadge state="aside" /> : undefined}
    />
  )
}

const leadOf = ({ heldOn, startsAt }: SessionView['values'], timed: boolean | undefined): string => {
  if (timed) return startsAt ? clockText(startsAt).replace(' น.', '') : '–'
  return heldOn ? dayText(heldOn as Day, 'short') : '–'
}
