import { enrolmentLink } from '#domain/authority/enrolment.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { hasRole } from '#domain/roles.ts'
import { writeDown } from '#server/log/access-log.ts'
import { admitCode } from '#server/people/access-review.ts'
import { makeCode } from '#server/people/new-code.ts'
import { allStandings } from '#server/people/standing.ts'
import { configOrGiveUp, giveUp, random, storeOrGiveUp } from '#server/start.ts'

/** `npm run enrol`: a code for a tablet of the whole province that admits all administrators, where none of them has one (any more). */
const config = configOrGiveUp()
const { store } = await storeOrGiveUp(config)

const enrol = () =>
  store.transaction(async (tx) => {
    const { db } = tx
    const province = await db.selectFrom('provinces').select('id').orderBy('created_at').executeTakeFirst()
    const standings = province ? await allStandings(db, province.id) : []
    const admits = standings.filter((one) => hasRole(one, 'administrator')).map(({ staff }) => staff)
    if (!province || !admits[0]) return null
    const now = Date.now()
    const facts = { province: province.id, now, random, author: admits[0] as StaffId, name: 'Administration', admits }
    const made = await makeCode(tx, facts)
    // after a restore it also begins the review
    await admitCode(tx, { province: province.id, now, code: made.code })
    await writeDown(db, province.id, { at: now, staff: null, device: null, act: 'made-enrolment-code' })
    return made
  })

try {
  const made = (await enrol()) ?? giveUp('There is nobody to admit: set the province up first (npm start).')
  console.log(
    'Open this link on the browser that is to administer, within 24 hours, and sign in there as an administrator:',
  )
  console.log(`  ${config.publicUrl.origin}${enrolmentLink(made)}`)
  console.log(`Or type the code there: ${made.code}`)
} catch (error) {
  giveUp(`It failed: ${(error as Error).message}`)
} finally {
  await store.close()
}
