import type { Carried } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'

/** Who brought these changes of a device before it sent them itself. */
export const carriedBy = async (
  db: Tx['db'],
  province: string,
  device: string,
  ns: readonly number[],
): Promise<readonly Carried[]> => {
  if (ns.length === 0) return []
  const rows = await db
    .selectFrom('deliveries')
    .leftJoin('devices', (join) =>
      join.onRef('devices.province', '=', 'deliveries.province').onRef('devices.id', '=', 'deliveries.carrier'),
    )
    .select(['deliveries.n', 'deliveries.carrier', 'devices.name'])
    .where('deliveries.province', '=', province)
    .where('deliveries.device', '=', device)
    .where('deliveries.n', 'in', [...ns])
    .orderBy('deliveries.n')
    .execute()
  return rows.map(({ n, carrier, name }) => (name === null ? { n, staff: carrier } : { n, device: name }))
}
