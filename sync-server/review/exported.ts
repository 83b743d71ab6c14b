import { type Located, reachOf, reads } from '#domain/scope.ts'
import type { Db } from '#server/people/call.ts'
import { standingsOf } from '#server/people/standing.ts'

interface Exportable extends Located {
  readonly province: string
  readonly day: string | null
  /** When the server first had it, in milliseconds. */
  readonly since: number
}

/** When the record last left the server in an export of somebody whose reach it is in; null when it never has. */
export const lastExported = async (db: Db, { province, day, since, ...record }: Exportable): Promise<number | null> => {
  const deeds = await db
    .selectFrom('access_log')
    .select(['at', 'staff', 'subject'])
    .where('province', '=', province)
    .where('act', '=', 'exported')
    .where('at', '>=', since)
    .orderBy('seq', 'desc')
    .limit(200)
    .execute()
  const about = deeds.filter(({ subject }) => covers(subject ?? '', record.kind, day))
  const standings = await standingsOf(db, province, [...new Set(about.flatMap(({ staff }) => staff ?? []))])
  const deed = about.find(({ staff }) => {
    const standing = staff && standings.get(staff)
    return standing ? reads(reachOf(standing), record) : false
  })
  return deed?.at ?? null
}

/** An export is written down as its kind, `personal` or nothing, the first day or nothing, the last day or nothing, rows and people. */
const covers = (subject: string, kind: string, day: string | null): boolean => {
  const [name, , from, to] = subject.split(' ')
  return name === kind && (!from || (day !== null && day >= from)) && (!to || (day !== null && day <= to))
}
