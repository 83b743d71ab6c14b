import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/**
 * A query of the hot path, built and compiled once for each connection: building a small one costs more than running it. `build` is called
 * with marks in the place of values, so its text must not depend on them. Answers all rows.
 */
export const prepared = <V extends readonly unknown[], R>(build: (db: Db, ...values: V) => Compilable<R>) => {
  const count = build.length - 1
  const queries = new WeakMap<Db, { readonly query: CompiledQuery<R>; readonly order: readonly (number | null)[] }>()
  const compile = (db: Db) => {
    const marks = Array.from({ length: count }, (_, at) => Symbol(at))
    const query = build(db, ...(marks as unknown as V)).compile()
    const order = query.parameters.map((one) => (typeof one === 'symbol' ? marks.indexOf(one) : null))
    const made = { query, order }
    queries.set(db, made)
    return made
  }
  return async (db: Db, ...values: V): Promise<R[]> => {
    const { query, order } = queries.get(db) ?? compile(db)
    const parameters = order.map((at, index) => (at === null ? query.parameters[index] : values[at]))
    const { rows } = await db.executeQuery<R>({ ...query, parameters })
    return rows
  }
}
