/** A lookup by a name that comes from outside: what every object has, `constructor` for one, is not found. */
export const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
