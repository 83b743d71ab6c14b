import { writeDown } from '#server/log/access-log.ts'
import { declareOver, siblings } from '#server/log/siblings.ts'
import { configOrGiveUp, giveUp, storeOrGiveUp } from '#server/start.ts'

/**
 * `npm run split [epoch]`: names the servers that tablets come from and this one does not know, because one backup was restored twice. With
 * an epoch: this server goes on in that one's place, and its tablets offer here what is missing.
 */
const config = configOrGiveUp()
const { store } = await storeOrGiveUp(config)
const given = process.argv[2]

const say = async (): Promise<number> => {
  const province = await store.db.selectFrom('provinces').select('id').orderBy('created_at').executeTakeFirst()
  const met = province ? await siblings(store.db, province.id) : []
  if (met.length === 0) console.log('No tablet has come from another server.')
  for (const { epoch, metAt, seq, overAt } of met) {
    const state =
      overAt === null ? 'undecided: its tablets are refused' : `over since ${new Date(overAt).toISOString()}`
    console.log(`${epoch}  up to number ${seq}, first met ${new Date(metAt).toISOString()}, ${state}`)
  }
  if (met.some(({ overAt }) => overAt === null)) {
    console.log('If this server is to go on: npm run split <epoch>. If the other one is, stop this one.')
  }
  return 0
}

const settle = async (epoch: string): Promise<number> => {
  const now = Date.now()
  const settled = await store.transaction(async (tx) => {
    const { db } = tx
    const province = await db.selectFrom('provinces').select('id').orderBy('created_at').executeTakeFirst()
    if (!province || !(await siblings(db, province.id)).some((one) => one.epoch === epoch)) return false
    await declareOver(tx, { province: province.id, epoch, now })
    await writeDown(db, province.id, { at: now, staff: null, device: null, act: 'settled-split', subject: epoch })
    return true
  })
  console.log(
    settled ? 'This server goes on; tablets of the other one offer here what is missing.' : 'No tablet has told of it.',
  )
  return settled ? 0 : 1
}

try {
  process.exitCode = given === undefined ? await say() : await settle(given)
} catch (error) {
  giveUp(`It failed: ${(error as Error).message}`)
} finally {
  await store.close()
}
