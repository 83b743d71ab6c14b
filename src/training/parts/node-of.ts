import type { NodeKind } from '#src/ui/node.tsx'

const nodes: Readonly<Record<string, NodeKind>> = {
  home: 'home',
  temple: 'temple',
  church: 'temple',
  mosque: 'temple',
  school: 'school',
}

/** The node that a type of place belongs to; offices, prisons and meetings online belong to none alone. */
export const nodeOf = (type: string | undefined): NodeKind => nodes[type ?? ''] ?? 'joint'
