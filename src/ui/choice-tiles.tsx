import { classes } from './classes.ts'
import type { FieldText } from './field.tsx'
import { Group } from './group.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Mark, type NodeKind, NodeShape } from './node.tsx'
import './choice-tiles.css'

export interface TileOption<V extends string> {
  value: V
  label: string
  hint?: string
  icon?: IconName
  /** Shows the shape of the place above the word, and its colour when chosen. */
  node?: NodeKind
}

/** One answer out of few, each a big tile. In a `row` they stand side by side, as for the four kinds of place. */
export function ChoiceTiles<V extends string>(
  props: FieldText & {
    options: readonly TileOption<V>[]
    value: V | undefined
    onChange: (value: V) => void
    layout?: 'column' | 'row' | undefined
  },
) {
  const row = props.layout === 'row'
  return (
    <Group {...props} role="radiogroup">
      <div class={classes('tiles', row && 'tiles--row')}>
        {props.options.map((option) => (
          <label key={option.value} class={classes('tile', option.node && `tile--${option.node}`)}>
            <input
              class="visually-hidden"
              type="radio"
              name={props.id}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.node === 'joint' && <Mark width={74} />}
            {option.node && option.node !== 'joint' && <NodeShape node={option.node} size={52} />}
            {option.icon && <Icon name={option.icon} />}
            {!option.node && !row && <span class="tile__dot" />}
            <span class="tile__text">
              <span class="tile__label">{option.label}</span>
              {option.hint && <span class="tile__hint">{option.hint}</span>}
            </span>
            {(option.node || row) && (
              <span class="tile__tick">
                <Icon name="check" size={20} />
              </span>
            )}
          </label>
        ))}
      </div>
    </Group>
  )
}
