import { makeReviewCode } from '#server/people/access-review.ts'
import { configOrGiveUp, giveUp, random, storeOrGiveUp } from '#server/start.ts'

/** `npm run access-review`: a code with which an administrator goes through who may act, after a restore or a loss. */
const config = configOrGiveUp()
const { store } = await storeOrGiveUp(config)
try {
  const code = await store.transaction(async (tx) => {
    const province = await tx.db.selectFrom('provinces').select('id').orderBy('created_at').executeTakeFirst()
    return province ? makeReviewCode(tx, { province: province.id, now: Date.now(), random }) : null
  })
  console.log(
    code
      ? `Code for an administrator, under Manage, within 24 hours: ${code}`
      : 'Nothing is in doubt: no access review is needed.',
  )
} catch (error) {
  giveUp(`It failed: ${(error as Error).message}`)
} finally {
  await store.close()
}
