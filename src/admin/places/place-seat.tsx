import { nodeOfPlace } from '#domain/records/place.ts'
import { Icon } from '#src/ui/icon.tsx'
import { NodeSeat } from '#src/ui/node.tsx'

/** The shape of a place's kind; a pin where it belongs to no node. */
export const PlaceSeat = ({ type }: { type: string | undefined }) => {
  const node = nodeOfPlace(type)
  if (node) return <NodeSeat node={node} size={44} />
  return (
    <span class="admin-seat">
      <Icon name={type === 'online' ? 'wifi' : 'map-pin'} />
    </span>
  )
}
