/** What the journal asks of a file system; OPFS in a worker, memory in a simulation. */
export interface Folder {
  list(): Promise<readonly string[]>
  /** Opens for this tab alone, creating the file when asked; `locked` when another tab has it, `missing` when it is not there. */
  open(name: string, create: boolean): Promise<File | 'locked' | 'missing'>
  remove(name: string): Promise<void>
}

export interface File {
  size(): number
  read(): Uint8Array
  /** Writes all bytes at the position, or throws. */
  write(bytes: Uint8Array, at: number): void
  truncate(size: number): void
  flush(): void
  close(): void
}
