import type { Node } from '#domain/records/activity.ts'
import type { ListItem } from '#src/session/names.ts'

const fits = (item: ListItem, node: Node) => !item.node || item.node === node

/** Types of activity of a node; a type without a node is for all of them. None before a node is chosen. */
export const typesFor = (items: readonly ListItem[], node: Node | undefined): readonly ListItem[] =>
  node === undefined ? [] : items.filter((item) => fits(item, node))

/** Whether a type may stay when the node is changed; a retired one may not. */
export const typeFits = (items: readonly ListItem[], type: string, node: Node): boolean =>
  items.some((item) => item.code === type && fits(item, node))
