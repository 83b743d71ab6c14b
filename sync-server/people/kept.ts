import { type Answer, answer, type Call, type Db } from './call.ts'

/** Where a page tells the server, in a cookie of its own, how many changes its tablet has saved. Browsers that erase storage keep cookies. */
const savedCookie = /(?:^|;\s*)bowon-saved=(\d{1,15})(?:;|$)/

/**
 * GET /api/kept: what the server has of the tablet on which this browser last signed in, for a page that finds its storage erased. No
 * content: counts and times. `device` is null when the browser has no session, or one that was of no tablet.
 */
export const keptOfTablet = async (
  db: Db,
  { province, session }: Call,
  cookie: string | undefined,
): Promise<Answer> => {
  const id = session?.device
  const device = id
    ? await db
        .selectFrom('devices')
        .select(['id', 'name', 'last_n'])
        .where('province', '=', province.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined
  if (!device) return answer({ device: null })
  const { count, last } = await db
    .selectFrom('changes')
    .select((of) => [of.fn.countAll<number>().as('count'), of.fn.max('received_at').as('last')])
    .where('province', '=', province.id)
    .where('device', '=', device.id)
    .executeTakeFirstOrThrow()
  const saved = Number(savedCookie.exec(cookie ?? '')?.[1] ?? 0)
  return answer({
    device: { id: device.id, name: device.name },
    changes: Number(count),
    lastAt: last === null ? null : Number(last),
    lost: Math.max(0, saved - device.last_n),
  })
}
