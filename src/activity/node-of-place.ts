import type { Node } from '#domain/records/activity.ts'
import type { placeTypes } from '#domain/records/place.ts'

const nodes: Readonly<Partial<Record<(typeof placeTypes)[number], Node>>> = {
  home: 'home',
  temple: 'temple',
  church: 'temple',
  mosque: 'temple',
  school: 'school',
}

/** The node that a place stands for; agencies, prisons and the network stand for none. */
export const nodeOfPlace = (type: (typeof placeTypes)[number] | undefined): Node | undefined =>
  type === undefined ? undefined : nodes[type]
