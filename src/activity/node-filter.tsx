import { type Node, nodes } from '#domain/records/activity.ts'
import { n, t } from '#src/i18n/index.ts'
import { NodeShape } from '#src/ui/node.tsx'
import { w } from './words.ts'

/** All, or one node: its shape, its word and, once that is known, how many there are. */
export const NodeFilter = (props: {
  counts: Readonly<Record<Node | 'all', number>> | undefined
  value: Node | 'all'
  onChange: (node: Node | 'all') => void
}) => (
  <div class="node-filter" role="radiogroup" aria-label={w('filter')}>
    {(['all', ...nodes] as const).map((node) => (
      <label key={node} class="chip node-filter__chip">
        <input
          class="visually-hidden"
          type="radio"
          name="node-filter"
          value={node}
          checked={props.value === node}
          onChange={() => props.onChange(node)}
        />
        {node !== 'all' && (
          <span class={`node-word node-word--${node}`}>
            <NodeShape node={node} size={24} />
          </span>
        )}
        <span>{node === 'all' ? t('all') : w(`nodes.${node}`)}</span>
        {props.counts && <span class="node-filter__count">{n(props.counts[node])}</span>}
      </label>
    ))}
  </div>
)
