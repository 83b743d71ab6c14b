/** A bug to be planted into the shipped code: a text of a file and what stands in its place. */
export interface Planted {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

export const plants: readonly Planted[] = []
