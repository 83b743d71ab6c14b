import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Icon } from '#src/ui/icon.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { nodeOf } from './record-words.ts'

/** The shape of the place, or people in a quiet seat where no node has a part in it. */
export const RecordSeat = ({ record, size }: { record: RecordView; size: 40 | 56 }) => {
  const { names } = useApp()
  const node = nodeOf(record, names)
  if (node) return <NodeSeat node={node} size={size} />
  return (
    <span class={`seat seat--${size} review-seat`}>
      <Icon name="users" size={size === 56 ? 32 : 24} />
    </span>
  )
}
