import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import { type NodeKind, type NodePath, nodePaths } from './node-paths.ts'
import './node.css'

export type { NodeKind }

const drawn = (path: NodePath) => (
  <>
    <path
      d={path.stroke}
      fill="none"
      stroke="currentColor"
      stroke-width={path.width}
      stroke-linecap="round"
      stroke-linejoin="round"
    />
    <path d={path.fill} fill="currentColor" fill-rule="evenodd" />
  </>
)
/** A drawing is silent unless it is named. */
const spoken = (label: string | undefined) =>
  label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)

const three = ['home', 'temple', 'school'] as const

/** The solid shape of a place, in the current colour. `joint` shows the three together. */
export function NodeShape(props: { node: NodeKind; size?: number; label?: string }) {
  const { node, size = 32 } = props
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or silent beside its words
    <svg class="node-shape" width={size} height={size} viewBox="0 0 32 32" {...spoken(props.label)}>
      {node === 'joint' ? (
        <>
          {three.map((part, at) => (
            <g key={part} transform={`translate(${at * 10.6} 8.5) scale(.34)`}>
              {drawn(nodePaths[part])}
            </g>
          ))}
          <path d="M1.5 22h29" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
        </>
      ) : (
        drawn(nodePaths[node])
      )}
    </svg>
  )
}

/** A tinted square with the shape of the place, at the head of a row. */
export function NodeSeat(props: { node: NodeKind; size?: 56 | 44 | 40; label?: string }) {
  const { size = 56 } = props
  const shape = props.node === 'joint' ? size - 16 : Math.round(size * 0.58)
  return (
    <span class={classes('seat', `seat--${size}`, `seat--${props.node}`)}>
      <NodeShape node={props.node} size={shape} {...(props.label && { label: props.label })} />
    </span>
  )
}

/** Shape and word in the text colour of the node, inline. */
export function NodeWord(props: { node: NodeKind; children: ComponentChildren }) {
  return (
    <span class={classes('node-word', `node-word--${props.node}`)}>
      <NodeShape node={props.node} size={24} />
      {props.children}
    </span>
  )
}

/** The mark: home, temple and school on one ground line; `mono` in the current colour. `width` in px. */
export function Mark(props: { width?: number; mono?: boolean; label?: string }) {
  const { width = 108 } = props
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or silent beside its words
    <svg
      class="mark"
      width={width}
      height={Math.round((width * 38) / 108)}
      viewBox="0 0 108 38"
      {...spoken(props.label)}
    >
      {three.map((part, at) => (
        <g key={part} class={props.mono ? '' : `node-fill--${part}`} transform={`translate(${2 + at * 36} 3)`}>
          {drawn(nodePaths[part])}
        </g>
      ))}
      <path d="M1.5 35.8h105" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
    </svg>
  )
}
