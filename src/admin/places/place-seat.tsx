import { Icon } from '#src/ui/icon.tsx'
import { type NodeKind, NodeSeat } from '#src/ui/node.tsx'

const nodes: Readonly<Record<string, NodeKind>> = {
  home: 'home',
  temple: 'temple',
  church: 'temple',
  mosque: 'temple',
  school: 'school',
}

/** The shape of a place's kind; a pin where it belongs to no node. */
const nodeOfType = (type: string | undefined): NodeKind | undefined => nodes[type ?? '']

export const PlaceSeat = ({ type }: { type: string | undefined }) => {
  const node = nodeOfType(type)
  if (node) return <NodeSeat node={node} size={44} />
  return (
    <span class="admin-seat">
      <Icon name={type === 'online' ? 'wifi' : 'map-pin'} />
    </span>
  )
}
