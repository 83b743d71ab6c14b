import { columnsOf } from '#domain/derive/columns.ts'
import { dayOfInstant, isDay } from '#domain/kernel/day.ts'
import { kindOf } from '#domain/records/index.ts'
import { reachOf, readsKind } from '#domain/scope.ts'
import type { Store } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'
import { contentsOf } from './contents.ts'
import { coverLines } from './cover.ts'
import { exportLines, viewsOf } from './lines.ts'

/**
 * GET /api/export/:kind.csv?from&to&withdrawn=1&personal=1: the records of one kind that the person may read, as a file that Excel opens in
 * Thai. What was withdrawn and who people are is left out unless it is asked for. Its first lines say what it holds; it is written down, with its
 * size, before it begins.
 */
export const exportRecords = async (
  store: Store,
  call: SignedInCall,
  name: string,
  query: URLSearchParams,
): Promise<Answer> => {
  const { province, person, session, now } = call
  const kind = kindOf(name)
  const reach = reachOf(person.standing)
  if (!kind || !readsKind(reach, name)) return refuse('not-found')
  const [from, to] = [query.get('from'), query.get('to')]
  if (from !== null && !isDay(from)) return refuse('invalid-field', { field: 'from' })
  if (to !== null && !isDay(to)) return refuse('invalid-field', { field: 'to' })
  const [personal, withdrawn] = [query.get('personal') === '1', query.get('withdrawn') === '1']
  const columns = columnsOf(kind, { personal })
  const wanted = { kind, columns, personal, withdrawn, from, to, reach }
  const contents = await contentsOf(store.db, province.id, wanted)
  const size = [contents.ids.length, contents.people]
  const subject = [name, personal ? 'personal' : '', from ?? '', to ?? '', ...size].join(' ')
  await store.transaction(({ db }) =>
    writeDown(db, province.id, { at: now, staff: person.staff, device: session.device, act: 'exported', subject }),
  )
  const reader = await staffName(store.db, province.id, person.staff)
  const cover = coverLines({ province: province.name, reader, at: now }, wanted, contents)
  return answer(undefined, {
    stream: exportLines(store.db, province.id, wanted, { cover, ids: contents.ids }),
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="bowon-${name}-${dayOfInstant(now)}.csv"`,
    },
  })
}

const staffName = async (db: Db, province: string, staff: string): Promise<string> => {
  const [record] = await viewsOf(db, province, [staff])
  return typeof record?.values.name === 'string' ? record.values.name : staff
}
