import type { RecordState } from '#domain/merge.ts'
import type { staff } from '#domain/records/staff.ts'
import type { Standing } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import type { Db } from './call.ts'

/** What each of these members of staff may do now; somebody without a record may do nothing and is absent. */
export const standingsOf = async (
  db: Db,
  province: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, Standing>> => {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('kind', '=', 'staff')
    .where('id', 'in', people)
    .execute()
  return new Map(rows.map(({ body }) => readStanding(body)).map((standing) => [standing.staff, standing]))
}

/** The same of everybody who works here. */
export const allStandings = async (db: Db, province: string): Promise<readonly Standing[]> => {
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('kind', '=', 'staff')
    .execute()
  return rows.map(({ body }) => readStanding(body))
}

const readStanding = (body: string) => standingOf(view<typeof staff>(JSON.parse(body) as RecordState))
